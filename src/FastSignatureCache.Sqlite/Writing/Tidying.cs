using FastSignatureCache.Sqlite.Databases;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>What is done between transactions, in steps that are over in milliseconds: the limit of size, and checkpoints.</summary>
internal sealed class Tidying(WriteSession session, long maxBytes)
{
    /// <summary>The most rows and bytes of payload that one step of a removal takes.</summary>
    public const int StepRows = 128;
    public const int StepBytes = 1024 * 1024;

    // A row touches a page of the table and one of each index; a checkpoint is due at about a thousand pages, as by SQLite's default.
    private const int PagesPerRow = 3;
    private const int BytesPerPage = 8 * 1024;
    private const int CheckpointPages = 1_000;

    private (long Rows, long Bytes) _trimmed;
    private (long Rows, long Bytes) _checkpointed;

    /// <summary>Does one step.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Step()
    {
        var isTooLarge = session.UsedBytes > maxBytes;
        if (isTooLarge)
        {
            Trim();
        }

        _trimmed = session.Written;
        Checkpoint();
        return isTooLarge;
    }

    // Twice what came since the last step, at least: a step after each transaction must keep up with any writers.
    private void Trim()
    {
        var rows = Math.Max(StepRows, 2 * (session.Written.Rows - _trimmed.Rows));
        var bytes = Math.Max(StepBytes, 2 * (session.Written.Bytes - _trimmed.Bytes));
        session.Begin();
        try
        {
            session.RemoveOldest((int)Math.Min(rows, int.MaxValue), bytes);
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private void Checkpoint()
    {
        var (rows, bytes) = (session.Written.Rows - _checkpointed.Rows, session.Written.Bytes - _checkpointed.Bytes);
        if ((rows * PagesPerRow) + (bytes / BytesPerPage) >= CheckpointPages)
        {
            session.Checkpoint();
            _checkpointed = session.Written;
        }
    }
}
