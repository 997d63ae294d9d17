using Microsoft.Extensions.Options;

namespace FastSignatureCache.Http;

/// <summary>Names every fault of the options at once.</summary>
internal sealed class SignatureRestorationOptionsValidator : IValidateOptions<SignatureRestorationOptions>
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
