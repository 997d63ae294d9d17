using Microsoft.Extensions.Options;

namespace FastSignatureCache.AspNetCore;

/// <summary>Names every fault of the options, and shows no key.</summary>
internal sealed class SignatureCacheEndpointOptionsValidator : IValidateOptions<SignatureCacheEndpointOptions>
{
    private const int MinKeyLength = 16;

    public ValidateOptionsResult Validate(string? name, SignatureCacheEndpointOptions options) =>
        options.AdminKey is { Length: < MinKeyLength }
            ? ValidateOptionsResult.Fail($"{nameof(options.AdminKey)} must have at least {MinKeyLength} characters.")
            : ValidateOptionsResult.Success;
}
