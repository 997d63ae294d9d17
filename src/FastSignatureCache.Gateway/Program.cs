using FastSignatureCache.Gateway.CommandLine;

return await new GatewayCommand(Console.Out, Console.Error).InvokeAsync(args).ConfigureAwait(false);
