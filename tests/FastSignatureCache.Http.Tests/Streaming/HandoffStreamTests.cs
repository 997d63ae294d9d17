using FastSignatureCache.Http.Streaming;

namespace FastSignatureCache.Http.Tests.Streaming;

public sealed class HandoffStreamTests : IDisposable
{
    private readonly HandoffStream _stream = new();
    private readonly byte[] _buffer = new byte[4];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task A_push_is_over_when_its_reader_asks_for_more()
    {
        Task push = _stream.PushAsync("abcdef"u8.ToArray()).AsTask();

        Assert.Equal("abcd", await ReadAsync());
        Assert.Equal("ef", await ReadAsync());
        Assert.False(push.IsCompleted);
        ValueTask<int> more = _stream.ReadAsync(_buffer, Ended);
        Assert.True(push.IsCompletedSuccessfully);

        _stream.End();
        Assert.Equal(0, await more);
        Assert.Equal("", await ReadAsync());
    }

    [Fact]
    public async Task A_waiting_reader_goes_on_within_the_push()
    {
        var said = new List<string>();
        Task reading = ReadToEndAsync();
        for (int i = 0; i < 100; i++)
        {
            ValueTask push = _stream.PushAsync("abcdef"u8.ToArray());
            Assert.True(push.IsCompletedSuccessfully);
            await push;
        }

        _stream.End();
        await reading;
        Assert.Equal(string.Concat(Enumerable.Repeat("abcdef", 100)), string.Concat(said));

        async Task ReadToEndAsync()
        {
            while (await ReadAsync() is { Length: > 0 } text)
            {
                said.Add(text);
            }
        }
    }

    [Fact]
    public async Task A_failure_reaches_a_reader_that_waits_and_every_later_one()
    {
        ValueTask<int> read = _stream.ReadAsync(_buffer, Ended);
        _stream.End(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => read.AsTask());
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync());
    }

    [Fact]
    public async Task A_push_does_not_wait_for_a_reader_that_has_gone()
    {
        Task push = _stream.PushAsync("abcdef"u8.ToArray()).AsTask();
        await _stream.DisposeAsync();

        Assert.True(push.IsCompletedSuccessfully);
        await _stream.PushAsync("more"u8.ToArray());
    }

    /// <summary>Both on threads of their own: nothing is lost, doubled or waited for in vain.</summary>
    [Fact]
    public async Task Pusher_and_reader_may_run_anywhere()
    {
        byte[] sent = new byte[200_000];
        new Random(1).NextBytes(sent);
        using var received = new MemoryStream();
        Task reading = Task.Run(ReadAllAsync, Ended);
        await Task.Run(PushAllAsync, Ended);
        _stream.End();
        await reading;

        Assert.Equal(sent, received.ToArray());

        async Task ReadAllAsync()
        {
            byte[] buffer = new byte[97];
            while (await _stream.ReadAsync(buffer, Ended) is var count and > 0)
            {
                received.Write(buffer, 0, count);
                if (count % 3 == 0)
                {
                    await Task.Yield();
                }
            }
        }

        async Task PushAllAsync()
        {
            for (int start = 0, length = 1; start < sent.Length; start += length, length = (length * 7) % 411 + 1)
            {
                length = Math.Min(length, sent.Length - start);
                await _stream.PushAsync(sent.AsMemory(start, length));
            }
        }
    }

    private async Task<string> ReadAsync()
    {
        int count = await _stream.ReadAsync(_buffer, Ended);
        return System.Text.Encoding.ASCII.GetString(_buffer, 0, count);
    }
}
