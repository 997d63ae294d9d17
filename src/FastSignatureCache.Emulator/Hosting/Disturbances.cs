using FastSignatureCache.Emulator.Rules;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>What goes wrong on purpose: from now on, or as a request's own headers say.</summary>
internal sealed class Disturbances
{
    public EmulatorFault? Fault { get; set; }

    public ErrorWrapping ErrorWrapping { get; set; }

    public EmulatorFault? FaultOf(HttpRequest request)
    {
        var header = request.Headers[EmulatorHeaders.Fault].ToString();
        if (header.Length == 0)
            return Fault;
        try
        {
            return EmulatorFault.Parse(header);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Refusal.Invalid($"{EmulatorHeaders.Fault}: {exception.Message}");
        }
    }

    // A header that names nothing is as good as none: an error about it would have to be wrapped, too.
    public ErrorWrapping WrappingOf(HttpRequest request) =>
        Enum.TryParse(request.Headers[EmulatorHeaders.ErrorWrapping], ignoreCase: true, out ErrorWrapping wrapping)
            ? wrapping : ErrorWrapping;
}
