namespace FastSignatureCache.Emulator;

/// <summary>What an emulator has counted since it started. A snapshot: it never changes.</summary>
public sealed record EmulatorStatistics
{
    /// <summary>Requests for an answer: accepted, refused and faulted together. Model lists are not counted.</summary>
    public long Requests { get; init; }

    /// <summary>Requests that kept every rule.</summary>
    public long Accepted { get; init; }

    /// <summary>Requests refused because a call that must carry a signature had none.</summary>
    public long RefusedMissing { get; init; }

    /// <summary>Requests refused because of a wrong signature: damaged, or issued for something else.</summary>
    public long RefusedCorrupted { get; init; }

    /// <summary>Requests refused for any other reason.</summary>
    public long RefusedOther { get; init; }

    /// <summary>Requests answered with an injected status. A cut or stalled answer counts as accepted.</summary>
    public long Faulted { get; init; }

    /// <summary>Signatures put into answers.</summary>
    public long SignaturesIssued { get; init; }

    /// <summary>Signatures in requests that were found right. One that comes back in ten requests counts ten times.</summary>
    public long SignaturesVerified { get; init; }

    /// <summary>Placeholders accepted in the place of a signature.</summary>
    public long PlaceholdersAccepted { get; init; }

    /// <summary>All refused requests.</summary>
    public long Refused => RefusedMissing + RefusedCorrupted + RefusedOther;
}
