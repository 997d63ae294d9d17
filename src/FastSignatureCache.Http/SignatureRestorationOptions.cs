namespace FastSignatureCache.Http;

/// <summary>How signatures are captured from answers and put back into requests.</summary>
public sealed class SignatureRestorationOptions
{
    /// <summary>
    /// Gets or sets the largest request body that is read for missing signatures, in bytes. A longer one passes through untouched.
    /// This value must be from 1 to 1,073,741,824 (1 GiB). The default value is 67,108,864 (64 MiB).
    /// </summary>
    public long MaxRequestBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the largest JSON answer whose signatures are captured, in bytes after decompression. A longer one still
    /// reaches the client whole. Event streams have no such limit, since they are read event by event.
    /// This value must be from 1 to 1,073,741,824 (1 GiB). The default value is 67,108,864 (64 MiB).
    /// </summary>
    public long MaxResponseBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Gets the request headers that may name the conversation, most trusted first. None may be empty. By default
    /// <c>X-Conversation-Id</c>, then those that clients in the field send: <c>X-Claude-Code-Session-Id</c>,
    /// <c>X-Session-Id</c>, <c>Session-Id</c>, <c>Session_id</c>, <c>X-Session-Affinity</c>.
    /// </summary>
    public IList<string> ConversationHeaders { get; } =
    [
        "X-Conversation-Id", "X-Claude-Code-Session-Id", "X-Session-Id", "Session-Id", "Session_id", "X-Session-Affinity",
    ];

    /// <summary>
    /// Gets the request headers that may say who the caller is in place of its credential, most trusted first, for credentials that
    /// change while a conversation goes on. None may be empty. By default there are none. Name only headers that a caller can't choose, such
    /// as one that a proxy in front sets: who sends another's gets that caller's signatures put into requests.
    /// </summary>
    public IList<string> CallerHeaders { get; } = [];

    /// <summary>
    /// Gets what upstreams hold of signatures, for those that differ from <see cref="UpstreamPolicy.Defaults"/>, which are asked after
    /// these. The first that fits a request counts. By default there are none.
    /// </summary>
    public IList<UpstreamPolicy> Policies { get; } = [];

    /// <summary>
    /// Gets or sets whether a request that its upstream refuses because of a signature is repaired and sent once more. Never more than
    /// once, and never one whose body is longer than <see cref="MaxRequestBodyBytes"/>. The default value is true.
    /// </summary>
    public bool RecoversRejections { get; set; } = true;

    /// <summary>
    /// Gets or sets the secret that keys every hash of a caller's credential and of a conversation's content. Instances that share
    /// signatures need the same one, and so does one that is to find again, after a restart, what a store has kept. This value must be null
    /// or have at least 16 characters. The default value is null: a random secret, the same for the life of the process.
    /// </summary>
    public string? Secret { get; set; }
}
