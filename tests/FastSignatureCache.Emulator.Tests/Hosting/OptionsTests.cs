using System.Net;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Hosting;

public class OptionsTests
{
    public static TheoryData<EmulatorOptions> OutOfRange =>
    [
        new EmulatorOptions { Port = -1 },
        new EmulatorOptions { Port = 65_536 },
        new EmulatorOptions { MaxSignatureLength = 71 },
        new EmulatorOptions { MaxSignatureLength = 8_193 },
        new EmulatorOptions { EventLength = 0 },
        new EmulatorOptions { NetworkChunkSize = 0 },
        new EmulatorOptions { LineEnding = "\r" },
        new EmulatorOptions { Thinking = "" },
        new EmulatorOptions { Thinking = "t,x" },
        new EmulatorOptions { ErrorWrapping = (ErrorWrapping)4 },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task An_option_out_of_its_range_is_refused(EmulatorOptions options) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Emulate.StartAsync(options));

    [Fact]
    public async Task It_listens_on_the_port_it_is_given()
    {
        await using var first = await Emulate.StartAsync();
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(first.BaseAddress.Host)));
        await first.DisposeAsync();

        await using var second = await Emulate.StartAsync(new EmulatorOptions { Port = first.BaseAddress.Port });
        Assert.Equal(first.BaseAddress, second.BaseAddress);
    }
}
