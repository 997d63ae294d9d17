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
        CheckNames(faults, options.ConversationHeaders, nameof(options.ConversationHeaders));
        CheckNames(faults, options.CallerHeaders, nameof(options.CallerHeaders));
        foreach (UpstreamPolicy policy in options.Policies)
        {
            CheckPolicy(faults, policy);
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

    private static void CheckNames(ValidateOptionsResultBuilder faults, IList<string> names, string property)
    {
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            faults.AddError("No entry may be empty.", property);
        }
    }

    private static void CheckPolicy(ValidateOptionsResultBuilder faults, UpstreamPolicy? policy)
    {
        const string Property = nameof(SignatureRestorationOptions.Policies);
        if (policy?.ModelPrefix is null)
        {
            faults.AddError("No entry and no model prefix may be null.", Property);
        }
        else if (!Enum.IsDefined(policy.Provider) || !Enum.IsDefined(policy.Scope))
        {
            faults.AddError("Every entry must name a provider and a scope.", Property);
        }
        else if (policy.ModelPrefix.Contains('/', StringComparison.Ordinal))
        {
            faults.AddError($"'{policy.ModelPrefix}' must begin behind the last slash of the models' names.", Property);
        }
        else if (policy.Placeholder is { } placeholder && !ThoughtSignature.IsPlaceholder(placeholder))
        {
            faults.AddError($"'{placeholder}' is not one of the documented placeholders.", Property);
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
