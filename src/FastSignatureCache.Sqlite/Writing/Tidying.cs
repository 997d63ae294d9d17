using FastSignatureCache.Sqlite.Databases;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>What is done between transactions, in steps that are over in milliseconds: the limit of size, and checkpoints.</summary>
internal sealed class Tidying(Database database, long maxBytes)
{
    /// <summary>The most rows and bytes of payload that one step of a removal takes.</summary>
    public const int StepRows = 64;
    public const int StepBytes = 1024 * 1024;

    // A row touches a page of the table and one of each index; a checkpoint is due at about a thousand pages, as by SQLite's default.
    private const int PagesPerRow = 3;
    private const int BytesPerPage = 16 * 1024;
    private const int CheckpointPages = 1_000;

    private (long Rows, long Bytes) _trimmed;
    private (long Rows, long Bytes) _checkpointed;
    private Task? _checkpoint;

    private WriteSession Session => database.Writer;

    /// <summary>Does one step.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Step()
    {
        var isTooLarge = Session.UsedBytes > maxBytes;
        if (isTooLarge)
        {
            Trim();
        }

        _trimmed = Session.Written;
        Checkpoint();
        return isTooLarge;
    }

    // Twice what came since the last step, at least: a step after each transaction must keep up with any writers.
    private void Trim()
    {
        var rows = Math.Max(StepRows, 2 * (Session.Written.Rows - _trimmed.Rows));
        var bytes = Math.Max(StepBytes, 2 * (Session.Written.Bytes - _trimmed.Bytes));
        Session.Begin();
        try
        {
            Session.RemoveOldest((int)Math.Min(rows, int.MaxValue), bytes);
            Session.Commit();
        }
        catch
        {
            Session.Rollback();
            throw;
        }
    }

    // The log is copied on another connection, while writes go on; what they add meanwhile is little, and is copied here. Only when all is
    // copied does the log begin anew, so one without the other would hold writes up or let the log grow.
    private void Checkpoint()
    {
        if (_checkpoint is { IsCompleted: true } completed)
        {
            _checkpoint = null;
            completed.GetAwaiter().GetResult();
            Session.Checkpoint();
            return;
        }

        var (rows, bytes) = (Session.Written.Rows - _checkpointed.Rows, Session.Written.Bytes - _checkpointed.Bytes);
        if (_checkpoint is null && (rows * PagesPerRow) + (bytes / BytesPerPage) >= CheckpointPages)
        {
            _checkpointed = Session.Written;
            _checkpoint = database.Readers.ReadAsync(static session => session.Checkpoint(), CancellationToken.None);
        }
    }
}
