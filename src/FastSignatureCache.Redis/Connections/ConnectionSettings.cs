using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Connections;

/// <summary>Makes the settings of a connection from a connection string. No message of it repeats what could be a password.</summary>
internal static class ConnectionSettings
{
    private const int DefaultPort = 6379;
    private const string PasswordName = "password";

    // What the string itself says comes later and so goes before these. A server that is missing at the start is connected to when it is
    // there, and one that went away without a word is found out within seconds.
    // Without a tie-breaker and a configuration channel the client needs no key and no channel but ours.
    private const string Defaults =
        "abortConnect=false,connectRetry=1,connectTimeout=2000,keepAlive=1,configCheckSeconds=5,tiebreaker=,configChannel=,";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxReconnectDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>What is wrong with a connection string, to go on after "but"; null when nothing is.</summary>
    public static string? FaultOf(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return "is empty";
        }

        if (IsUrl(connectionString))
        {
            return TryParseUrl(connectionString) is null
                ? "is a URL that is not of the form redis://user:password@host:port/database (characters such as @ : / # must be escaped)"
                : null;
        }

        if (TryParse(connectionString) is { } options)
        {
            return options.EndPoints.Count == 0 ? "names no endpoint" : null;
        }

        // Which one it is: each is parsed alone. A password with a comma in it goes on in the next ones, so from there on only the place is told.
        var items = connectionString.Split(',');
        var mayRepeat = true;
        for (var i = 0; i < items.Length; i++)
        {
            var name = items[i].Split('=')[0].Trim();
            if (items[i].Contains('=', StringComparison.Ordinal) && TryParse(items[i]) is null)
            {
                return string.Create(CultureInfo.InvariantCulture, $"its item {i + 1} is not understood{(mayRepeat ? $": '{name}'" : "")}");
            }

            mayRepeat &= !name.Contains(PasswordName, StringComparison.OrdinalIgnoreCase);
        }

        return "is not understood";
    }

    /// <summary>The settings for a connection string that has no fault.</summary>
    public static ConfigurationOptions Create(RedisStoreOptions options)
    {
        var settings = TryParseUrl(options.ConnectionString)
            ?? TryParse(Defaults + options.ConnectionString)
            ?? throw new ArgumentException("The connection string has a fault.", nameof(options));
        settings.HeartbeatInterval = Heartbeat;
        settings.ReconnectRetryPolicy = new LinearRetry((int)MaxReconnectDelay.TotalMilliseconds);
        // A command that waits for a connection would be carried out at a time when its caller has given it up, behind later ones.
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        // Ours ends the wait; this frees what the client still holds of it, and has to come later.
        settings.AsyncTimeout = (int)(options.OperationTimeout.TotalMilliseconds * 2);
        settings.IncludeDetailInExceptions = false;
        settings.ChannelPrefix = default;
        // The client's guard against commands that change a server. Without it the client doesn't let us ask a cluster for its nodes.
        settings.AllowAdmin = true;
        settings.BeforeSocketConnect = static (_, _, socket) => DiscardOnClose(socket);
        options.ConfigureConnection?.Invoke(settings);
        return settings;
    }

    // What was not sent when a connection is given up must never be: on the next one there may be a removal by then.
    private static void DiscardOnClose(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            socket.LingerState = new(enable: true, seconds: 0);
        }
    }

    /// <summary>Where a connection string leads, as it says it: hosts, with ports where it names any. Nothing of it is a credential.</summary>
    public static IEnumerable<string> EndpointsOf(string connectionString)
    {
        // What stands behind the first option can be a piece of a password with a comma in it.
        var settings = IsUrl(connectionString)
            ? TryParseUrl(connectionString)
            : TryParse(string.Join(',', connectionString.Split(',').TakeWhile(static item => !item.Contains('=', StringComparison.Ordinal))));
        return (settings?.EndPoints ?? []).Select(static endpoint => endpoint switch
        {
            DnsEndPoint { Port: 0 } dns => dns.Host,
            DnsEndPoint dns => string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}"),
            IPEndPoint { Port: 0 } ip => ip.Address.ToString(),
            _ => endpoint.ToString()!,
        });
    }

    // Of any scheme, so that a wrong one is told. In the other form a password may have these characters too, but stands behind an option's name.
    private static bool IsUrl(string connectionString) =>
        connectionString.Split('=')[0].Contains("://", StringComparison.Ordinal);

    private static ConfigurationOptions? TryParse(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString, ignoreUnknown: false);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // Its message may have part of a password.
            return null;
        }
    }

    // https://github.com/redis/redis-specifications and the schemes registered with IANA, "redis" and "rediss".
    private static ConfigurationOptions? TryParseUrl(string connectionString)
    {
        if (!IsUrl(connectionString)
            || !Uri.TryCreate(connectionString, UriKind.Absolute, out var url)
            || url.Scheme is not ("redis" or "rediss")
            || url.Host.Length == 0
            || url.Query.Length > 0
            || url.Fragment.Length > 0)
        {
            return null;
        }

        var database = 0;
        var path = url.AbsolutePath.Trim('/');
        if (path.Length > 0 && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database))
        {
            return null;
        }

        var settings = ConfigurationOptions.Parse(Defaults);
        settings.EndPoints.Add(new DnsEndPoint(url.IdnHost, url.IsDefaultPort ? DefaultPort : url.Port));
        settings.DefaultDatabase = database;
        settings.Ssl = url.Scheme == "rediss";
        var credentials = url.UserInfo.Split(':', 2);
        if (credentials is [var user, var password])
        {
            settings.User = user.Length == 0 ? null : Uri.UnescapeDataString(user);
            settings.Password = Uri.UnescapeDataString(password);
        }
        else if (credentials[0].Length > 0)
        {
            settings.User = Uri.UnescapeDataString(credentials[0]);
        }

        return settings;
    }
}
