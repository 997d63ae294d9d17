namespace FastSignatureCache.Emulator.Rules;

internal enum RefusalReason
{
    Missing,
    Corrupted,
    Other,
    Fault,
}
