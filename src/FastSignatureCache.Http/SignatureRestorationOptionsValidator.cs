using FastSignatureCache.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Http;

/// <summary>Names every fault of the options at once.</summary>
/// <param name="services">Tells whether signatures are stored; null when nobody can tell.</param>
internal sealed class SignatureRestorationOptionsValidator(IServiceProviderIsService? services = null) : IValidateOptions<SignatureRestorationOptions>
{
    private const long MaxBodyBytes = 1024 * 1024 * 1024;
    private const int MinSecretLength = 16;

    public ValidateOptionsResult Validate(string? name, SignatureRestorationOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        CheckSize(faults, options.MaxRequestBodyBytes, nameof(options.MaxRequestBodyBytes));
        CheckSize(faults, options.MaxResponseBodyBytes, nameof(options.MaxResponseBodyBytes));
        if (options.ConversationHeaders.Any(string.IsNullOrWhiteSpace))
        {
            faults.AddError("No entry may be empty.", nameof(options.ConversationHeaders));
        }

        if (options.Secret is { Length: < MinSecretLength })
        {
            faults.AddError($"The value must have at least {MinSecretLength} characters.", nameof(options.Secret));
        }

        if (options.Secret is null && services?.IsService(typeof(ISignatureStore)) == true)
        {
            faults.AddError(
                "A value is needed with a signature store: under a random one nothing is found again after a restart.", nameof(options.Secret));
        }

        return faults.Build();
    }

    /// <exception cref="OptionsValidationException">Something is wrong, and all of it is named.</exception>
    public static void ThrowIfInvalid(SignatureRestorationOptions options)
    {
        ValidateOptionsResult result = new SignatureRestorationOptionsValidator().Validate(null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(nameof(SignatureRestorationOptions), typeof(SignatureRestorationOptions), result.Failures);
        }
    }

    private static void CheckSize(ValidateOptionsResultBuilder faults, long value, string property)
    {
        if (value is < 1 or > MaxBodyBytes)
        {
            faults.AddError($"The value must be from 1 to {MaxBodyBytes}, and is {value}.", property);
        }
    }
}
