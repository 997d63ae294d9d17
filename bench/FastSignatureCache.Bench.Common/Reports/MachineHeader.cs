using System.Diagnostics;
using System.Runtime;
using BenchmarkDotNet.Environments;

namespace FastSignatureCache.Bench.Reports;

/// <summary>What was measured, and on what: all that is needed to judge a figure, and nothing that names a machine or a person.</summary>
public static class MachineHeader
{
    /// <summary>The header as a Markdown table.</summary>
    public static MarkdownTable Create()
    {
        var host = HostEnvironmentInfo.GetCurrent();
        var table = new MarkdownTable("measured on", "");
        table.Add("processor", host.ToFormattedString().Skip(1).First());
        table.Add("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB");
        table.Add("system", host.Os.Value.ToString() is { Length: > 0 } os ? host.GetOsText(os) : "unknown");
        table.Add("runtime", $"{host.RuntimeVersion}, {host.Architecture}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC");
        table.Add("commit", Commit());
        return table;
    }

    private static string GetOsText(this HostEnvironmentInfo host, string fallback) =>
        host.ToFormattedString().First().Split(", ", 2) is [_, var os] ? os : fallback;

    private static string Commit()
    {
        var commit = Git("rev-parse --short=12 HEAD");
        return commit.Length == 0 ? "unknown"
            : Git("status --porcelain --untracked-files=no").Length == 0 ? commit
            : $"{commit} and uncommitted changes";
    }

    /// <summary>The system's load average, as it says it. A figure from a busy machine should look like one.</summary>
    public static string LoadAverage()
    {
        const string Source = "/proc/loadavg";
        return File.Exists(Source) ? string.Join(", ", File.ReadAllText(Source).Split(' ')[..3]) : "unknown";
    }

    private static string Git(string arguments)
    {
        try
        {
            var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
