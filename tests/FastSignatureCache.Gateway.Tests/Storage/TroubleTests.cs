using FastSignatureCache.Gateway.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>A store in trouble costs durability, and never a request.</summary>
public sealed class TroubleTests : StoredConversationTests
{
    [Fact]
    public async Task A_locked_file_fails_nothing_is_said_once_and_is_caught_up_with()
    {
        await using (var gateway = await StartAsync())
        {
            await Conversation.StepAsync(gateway.BaseAddress);
            await using (var other = new SqliteConnection($"Data Source={Folder["signatures.db"]};Pooling=False"))
            {
                await other.OpenAsync(Ended);
                await RunAsync(other, "BEGIN IMMEDIATE");
                await Conversation.StepAsync(gateway.BaseAddress);
                await Conversation.StepAsync(gateway.BaseAddress);

                var metrics = gateway.Cache.GetMetrics();
                Assert.True(metrics.IsStoreDegraded);
                Assert.True(metrics.StoreFailures > 0);
                Assert.Single(WarningsButOfReading(gateway));
                await RunAsync(other, "COMMIT");
            }

            while (gateway.Cache.GetMetrics().IsStoreDegraded)
            {
                await Task.Delay(20, Ended);
            }

            Assert.Equal(0, gateway.Cache.GetMetrics().StoreDrops);
            Assert.Single(WarningsButOfReading(gateway));
        }

        while (!Conversation.IsOver)
        {
            await using var next = await StartAsync();
            await Conversation.StepAsync(next.BaseAddress);
        }

        Assert.Empty(Conversation.Refusals);
    }

    [Fact]
    public async Task A_file_of_another_program_is_left_alone_and_fails_nothing()
    {
        await using (var other = new SqliteConnection($"Data Source={Folder["signatures.db"]};Pooling=False"))
        {
            await other.OpenAsync(Ended);
            await RunAsync(other, "PRAGMA application_id = 7; CREATE TABLE notes (text TEXT)");
        }

        await using (var gateway = await StartAsync())
        {
            while (!Conversation.IsOver)
            {
                await Conversation.StepAsync(gateway.BaseAddress);
            }

            Assert.True(gateway.Cache.GetMetrics().IsStoreDegraded);
        }

        Assert.Empty(Conversation.Refusals);
        await using var after = new SqliteConnection($"Data Source={Folder["signatures.db"]};Pooling=False");
        await after.OpenAsync(Ended);
        Assert.Equal("notes", await RunAsync(after, "SELECT group_concat(name) FROM sqlite_schema"));
    }

    [Fact]
    public async Task AFolder_that_is_a_file_is_noFolder()
    {
        await File.WriteAllTextAsync(Folder["data"], "in the way", Ended);
        await using var gateway = await RunningGateway.StartAsync(
            Upstream.BaseAddress, options => options.Store.Data = Folder["data/below"]);

        while (!Conversation.IsOver)
        {
            await Conversation.StepAsync(gateway.BaseAddress);
        }

        Assert.Empty(Conversation.Refusals);
        Assert.False(gateway.Cache.GetMetrics().IsStoreDegraded);
    }

    // On a busy machine a read may be too late as well, which is another trouble, told apart.
    private static IEnumerable<string> WarningsButOfReading(RunningGateway gateway) =>
        gateway.Log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning).Select(record => record.Message)
            .Where(message => !message.StartsWith("Reading", StringComparison.Ordinal));

    private static async Task<object?> RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Ended);
    }

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(Upstream.BaseAddress, options =>
    {
        options.Store.Data = Folder.Path;
        options.Store.Timeout = TimeSpan.FromMilliseconds(400);
    });
}
