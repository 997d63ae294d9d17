namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>What a client speaks.</summary>
public enum Protocol
{
    Native,
    Chat,
}
