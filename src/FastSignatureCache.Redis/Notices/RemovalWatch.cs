using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Stores;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Notices;

/// <summary>Listens to what other stores remove.</summary>
internal sealed partial class RemovalWatch(RoundTrips trips, RedisChannel channel, Guid reader, ILogger logger)
{
    private bool _hasLoggedUnreadable;

    public async IAsyncEnumerable<StoreRemoval> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var removals = Channel.CreateUnbounded<StoreRemoval>();
        var connection = await trips.MakeAsync(static connected => Task.FromResult(connected), cancellationToken).ConfigureAwait(false);
        connection.ConnectionFailed += OnFailed;
        ChannelMessageQueue? messages = null;
        try
        {
            messages = await trips.MakeAsync(
                connected => connected.GetSubscriber().SubscribeAsync(channel), cancellationToken).ConfigureAwait(false);
            messages.OnMessage(message => Read(message.Message, removals.Writer));
            if (connection.GetSubscriber().SubscribedEndpoint(channel) is null)
            {
                // The client would subscribe some time later, and nobody knew what was missed until then.
                throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "No server takes the subscription.");
            }

            await foreach (var removal in removals.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return removal;
            }
        }
        finally
        {
            connection.ConnectionFailed -= OnFailed;
            messages?.Unsubscribe(CommandFlags.FireAndForget);
        }

        // It is mended without us, but what was told meanwhile is lost, and whoever listens has to know that.
        void OnFailed(object? sender, ConnectionFailedEventArgs failure)
        {
            if (failure.ConnectionType == ConnectionType.Subscription)
            {
                removals.Writer.TryComplete(new RedisConnectionException(failure.FailureType, CommandFlags.None, "The subscription to removals was lost."));
            }
        }
    }

    private void Read(ReadOnlyMemory<byte> message, ChannelWriter<StoreRemoval> removals)
    {
        if (Notice.Read(message.Span, reader) is not { } told)
        {
            if (!Interlocked.Exchange(ref _hasLoggedUnreadable, true))
            {
                LogUnreadable(logger);
            }

            return;
        }

        foreach (var removal in told)
        {
            removals.TryWrite(removal);
        }
    }

    [LoggerMessage(
        13,
        LogLevel.Warning,
        "A notice of a removal can't be read and is ignored, as are later ones without a message: another version or program uses the channel")]
    private static partial void LogUnreadable(ILogger logger);
}
