using System.Text.RegularExpressions;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>Secrets that are known, and those that an upstream has made up.</summary>
internal static partial class Planted
{
    public const string Signature = "pl4nted/signature+of+many+characters/that+nobody+may+see00==";

    // Of the form that providers' keys have, and with what has to be escaped in a query.
    public const string ProviderKey = "AIzaSy-pl4nted_key/with+what&clients=have";

    /// <summary>A key for each place, so that what is found says where it was.</summary>
    public static string KeyAt(KeyPlace place) => $"AIzaSy-{place}/{place}+{place}&{place}={place}";

    /// <summary>The signatures in a request or an answer, also in one that was cut off.</summary>
    public static IEnumerable<string> SignaturesIn(string wire) => WrittenSignature().Matches(wire).Select(static match => match.Groups[1].Value);

    [GeneratedRegex("""[sS]ignature": ?"([^"]{16,})""")]
    private static partial Regex WrittenSignature();
}
