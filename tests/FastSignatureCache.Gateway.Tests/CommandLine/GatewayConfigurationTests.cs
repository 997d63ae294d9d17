using FastSignatureCache.Gateway.CommandLine;

namespace FastSignatureCache.Gateway.Tests.CommandLine;

public class GatewayConfigurationTests
{
    [Fact]
    public void The_command_line_goes_before_everything_else()
    {
        List<string> faults = [];
        var read = GatewayConfiguration.Load(new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" }, faults);
        Assert.Empty(faults);
        Assert.Equal("None", read["Logging:LogLevel:Default"]);
    }

    [Fact]
    public async Task A_damaged_file_is_a_fault_like_any_other()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-test");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), "{ \"Gateway\": tpl4nted-secret", TestContext.Current.CancellationToken);
            List<string> faults = [];
            GatewayConfiguration.Load(new Dictionary<string, string?>(), faults, folder.FullName);
            Assert.EndsWith("appsettings.json can not be read: it is no valid JSON at line 1, byte 15.", Assert.Single(faults), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
