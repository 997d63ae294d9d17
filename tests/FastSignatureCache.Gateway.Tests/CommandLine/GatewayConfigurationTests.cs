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
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), "{ \"Gateway\": ", TestContext.Current.CancellationToken);
            List<string> faults = [];
            GatewayConfiguration.Load(new Dictionary<string, string?>(), faults, folder.FullName);
            Assert.Contains("appsettings.json can not be read", Assert.Single(faults), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
