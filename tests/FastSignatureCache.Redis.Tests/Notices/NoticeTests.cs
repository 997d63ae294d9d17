using FastSignatureCache.Redis.Notices;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Redis.Tests.Notices;

public sealed class NoticeTests
{
    private static readonly Guid Sender = new("00010203-0405-0607-0809-0a0b0c0d0e0f");
    private static readonly Guid Reader = new("f0f1f2f3-0405-0607-0809-0a0b0c0d0e0f");
    private static readonly SignatureKey[] Keys = [new("conversation", "model", "part"), new("conversation", "模型")];

    [Fact]
    public void The_layout_is_that_of_the_committed_bytes()
    {
        var committed = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "notice-1.bin"));

        Assert.Equal(committed, Notice.Of(Sender, Keys));
        Assert.Equal(Keys.Select(key => new StoreRemoval(key)), Notice.Read(committed, Reader));
    }

    [Fact]
    public void A_clear_is_of_everything() => Assert.Equal([new StoreRemoval(default)], Notice.Read(Notice.OfEverything(Sender), Reader));

    [Fact]
    public void Ones_own_says_nothing()
    {
        Assert.Equal([], Notice.Read(Notice.Of(Sender, Keys), Sender));
        Assert.Equal([], Notice.Read(Notice.OfEverything(Sender), Sender));
    }

    [Fact]
    public void What_is_no_notice_is_told_apart()
    {
        Assert.Null(Notice.Read([], Reader));
        Assert.Null(Notice.Read("hello"u8, Reader));
        Assert.Null(Notice.Read([2, .. Notice.OfEverything(Sender)[1..]], Reader));
        Assert.Null(Notice.Read([.. Notice.OfEverything(Sender), 0], Reader));
    }

    [Fact]
    public void One_that_was_cut_off_is_never_taken_for_another()
    {
        var notice = Notice.Of(Sender, Keys);
        for (var length = 0; length < notice.Length; length++)
        {
            // After the version and the sender alone, or after the first key, a shorter one would be whole.
            if (Notice.Read(notice.AsSpan(0, length), Reader) is { } told)
            {
                Assert.True(length == 17 || told.SequenceEqual([new StoreRemoval(Keys[0])]));
            }
        }
    }
}
