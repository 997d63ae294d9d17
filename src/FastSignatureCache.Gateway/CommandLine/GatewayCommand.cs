using System.CommandLine;
using System.CommandLine.Invocation;
using FastSignatureCache.Gateway.Demo;
using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.CommandLine;

/// <summary>The command line: the gateway itself and its <c>demo</c>.</summary>
internal sealed class GatewayCommand
{
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Dictionary<Option<string>, GatewaySetting> _settings = [];
    private readonly RootCommand _root;
    private readonly Command _demo;

    public GatewayCommand(TextWriter output, TextWriter error)
    {
        _output = output;
        _error = error;
        _root = new RootCommand(
            "A reverse proxy for LLM providers that keeps thought signatures and puts back those that clients drop. "
            + "Every option can also be set in appsettings.json and in the environment; see the README.");
        foreach (var setting in GatewaySettings.All.Where(setting => setting.Option is not null))
        {
            // Text, not numbers: the settings reader then names all faults together, wherever a value comes from.
            var option = new Option<string>(setting.Option!) { Description = setting.Description, HelpName = setting.ValueName };
            _settings.Add(option, setting);
            _root.Add(option);
        }

        _demo = new Command("demo", "Shows conversations that fail without the gateway and pass through it. Needs no key and no network.");
        _root.Add(_demo);
        _root.SetAction(ServeAsync);
        _demo.SetAction((_, cancellation) => DemoCommand.RunAsync(_output, cancellation));
    }

    public async Task<int> InvokeAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var parsed = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return ReportFaults(parsed);
        }

        if (parsed.CommandResult.Command == _demo && _settings.Keys.FirstOrDefault(option => parsed.GetResult(option) is not null) is { } stray)
        {
            return Report([$"{stray.Name} does not go with demo."]);
        }

        // The host handles Ctrl+C; two who do would wait for each other.
        var configuration = new InvocationConfiguration { Output = _output, Error = _error, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    private Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        var configuration = GatewayConfiguration.Load(ValuesOf(parsed), faults);
        var options = SettingsReader.Read(configuration, faults);
        faults.AddRange(GatewayOptionsValidator.FaultsOf(options));
        return faults.Count > 0
            ? Task.FromResult(Report(faults))
            : ServeCommand.RunAsync(options, configuration, _output, _error, cancellationToken);
    }

    /// <summary>What could be read of the command line still tells what else is wrong.</summary>
    private int ReportFaults(ParseResult parsed)
    {
        List<string> faults = [.. parsed.Errors.Select(error => error.Message)];
        if (parsed.CommandResult.Command != _demo)
        {
            var options = SettingsReader.Read(GatewayConfiguration.Load(ValuesOf(parsed), faults), faults);
            faults.AddRange(GatewayOptionsValidator.FaultsOf(options));
        }

        return Report(faults);
    }

    private Dictionary<string, string?> ValuesOf(ParseResult parsed) => _settings
        .Where(pair => parsed.GetResult(pair.Key) is { Tokens.Count: 1 })
        .ToDictionary(pair => $"{GatewaySettings.Section}:{pair.Value.Key}", pair => (string?)parsed.GetResult(pair.Key)!.Tokens[0].Value);

    private int Report(IReadOnlyCollection<string> faults)
    {
        foreach (var fault in faults)
        {
            _error.WriteLine(fault);
        }

        _error.WriteLine("Try --help.");
        return ExitCode.BadOptions;
    }
}
