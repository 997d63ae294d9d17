using Polly;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Connections;

/// <summary>Makes round trips to the servers, each protected by the pipeline. Thread-safe.</summary>
internal sealed class RoundTrips(Connection connection, ResiliencePipeline pipeline)
{
    /// <summary>Sends what a function sends, all of it before the first wait, and returns what it comes to.</summary>
    /// <remarks>
    /// The client can't take back a command that it has sent. Who gives up waiting leaves it to be carried out, but before all that is sent later:
    /// commands to a server share one connection, and none is ever kept for the next.
    /// </remarks>
    /// <param name="send">Sends the commands. It may be called again.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<T> MakeAsync<T>(Func<ConnectionMultiplexer, Task<T>> send, CancellationToken cancellationToken) =>
        pipeline.ExecuteAsync(
            static async (trip, token) =>
            {
                var connected = await trip.connection.OpenAsync().WaitAsync(token).ConfigureAwait(false);
                return await trip.send(connected).WaitAsync(token).ConfigureAwait(false);
            },
            (connection, send),
            cancellationToken);
}
