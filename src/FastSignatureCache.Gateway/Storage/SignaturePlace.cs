namespace FastSignatureCache.Gateway.Storage;

/// <summary>Where signatures are kept beyond the life of the process, as it was found out at start.</summary>
/// <param name="Description">The place in words, for whoever starts the gateway.</param>
/// <param name="Folder">The folder with the database, or null if there is none.</param>
/// <param name="Secret">The secret that was kept in that folder, or null if there is none.</param>
internal sealed record SignaturePlace(string Description, string? Folder = null, string? Secret = null);
