using FastSignatureCache.Sqlite.Databases;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>What is done between transactions, in steps that are over in milliseconds: the limit of size, and checkpoints.</summary>
internal sealed class Tidying(Database database, long maxBytes)
{
    /// <summary>The most rows and bytes of payload that one step of a removal takes.</summary>
    public const int StepRows = 32;
    public const int StepBytes = 1024 * 1024;

    // A row touches a page of the table and one of each index. A checkpoint makes the disk busy, and who waits for the disk at that time waits
    // longer: many small ones are better than few large ones.
    private const int PagesPerRow = 3;
    private const int BytesPerPage = 16 * 1024;
    private const int CheckpointPages = 256;
    private const int LeftoverPages = 48;
    private const int MaxPasses = 4;

    private (long Rows, long Bytes) _trimmed;
    private (long Rows, long Bytes) _checkpointed;
    private Task _copying = Task.CompletedTask;
    private int _passes;

    /// <summary>Ends when the pass over the log that is under way does.</summary>
    public Task Copying => _copying;

    private WriteSession Session => database.Writer;

    // About how many there are to copy.
    private long Pages =>
        ((Session.Written.Rows - _checkpointed.Rows) * PagesPerRow) + ((Session.Written.Bytes - _checkpointed.Bytes) / BytesPerPage);

    /// <summary>Does one step.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Step()
    {
        // What is left may be too large and yet nothing that can be removed: notices of removals.
        var hasTrimmed = Session.UsedBytes > maxBytes && Trim() > 0;
        _trimmed = Session.Written;
        Checkpoint();
        return hasTrimmed;
    }

    // Twice what came since the last step, at least: a step after each transaction must keep up with any writers.
    private int Trim()
    {
        var rows = Math.Max(StepRows, 2 * (Session.Written.Rows - _trimmed.Rows));
        var bytes = Math.Max(StepBytes, 2 * (Session.Written.Bytes - _trimmed.Bytes));
        var removed = 0;
        Session.Transact(isDurable: false, session => removed = session.RemoveOldest((int)Math.Min(rows, int.MaxValue), bytes));
        return removed;
    }

    // The log is copied on another connection, while writes go on. Only when all is copied does the log begin anew, so what writes added
    // meanwhile is copied by another pass, and when that is little, here.
    private void Checkpoint()
    {
        if (!_copying.IsCompleted)
        {
            return;
        }

        var copied = _copying;
        _copying = Task.CompletedTask;
        copied.GetAwaiter().GetResult();
        var isAtIt = _passes > 0;
        if (isAtIt && (Pages < LeftoverPages || _passes == MaxPasses))
        {
            _passes = 0;
            _checkpointed = Session.Written;
            Session.Checkpoint();
        }
        else if (isAtIt || Pages >= CheckpointPages)
        {
            _passes++;
            _checkpointed = Session.Written;
            _copying = database.Copier.ReadAsync(static session => session.Checkpoint(), CancellationToken.None);
        }
    }
}
