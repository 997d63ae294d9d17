using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>An upstream, a conversation with it that needs its signatures, and a folder where gateways keep them.</summary>
public abstract class StoredConversationTests : IAsyncLifetime
{
    internal TemporaryFolder Folder { get; } = new();

    internal StoredConversation Conversation { get; } = new();

    internal UpstreamEmulator Upstream { get; private set; } = null!;

    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Upstream = await UpstreamEmulator.StartAsync(cancellationToken: Ended);

    public async ValueTask DisposeAsync()
    {
        await Upstream.DisposeAsync();
        Conversation.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
