namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <content>What changes a history, or what is kept of it.</content>
internal sealed partial class World
{
    private static void Merge(Branch branch, Branch other, int choice)
    {
        if (branch == other)
        {
            return;
        }

        List<Entry> history = other.History;
        int start = choice % 2 == 0 ? 0 : history.FindLastIndex(static entry => entry is UserMessage);
        switch (choice / 2 % 3)
        {
            case 0:
                branch.History.AddRange(history[start..]);
                break;
            case 1 when branch.History[^1] is not ModelStep:
                // The steps of a sub-agent, without what it was asked.
                branch.History.AddRange(history[(start + 1)..]);
                break;
            default:
                branch.History.InsertRange(0, history[..start]);
                break;
        }

        if (branch.History.Count > 24)
        {
            Compact(branch, 1);
        }
    }

    private static void Compact(Branch branch, byte choice)
    {
        List<Entry> history = branch.History;
        int[] users = [.. Enumerable.Range(0, history.Count).Where(i => history[i] is UserMessage)];
        if (choice % 4 == 0)
        {
            // What is kept begins in the middle of the turn, as where the summary says what it was about.
            int step = history.FindLastIndex(static entry => entry is ModelStep);
            history.RemoveRange(0, Math.Max(0, step));
            history.Insert(0, new UserMessage("summary"));
        }
        else
        {
            history.RemoveRange(0, users[choice / 4 % users.Length]);
            if (choice % 4 == 1)
            {
                history.Insert(0, new UserMessage("summary"));
            }
            else if (choice % 4 == 2)
            {
                history[0] = new UserMessage("summary");
            }
        }
    }

    private static void EditOpening(Branch branch, byte choice)
    {
        int first = branch.History.FindIndex(static entry => entry is UserMessage);
        branch.History[first] = new UserMessage(Pick(UserTexts, choice));
    }

    private static void EditModelText(Branch branch, byte choice)
    {
        List<Entry> history = branch.History;
        for (int i = choice % history.Count; i < history.Count; i++)
        {
            if (history[i] is ModelStep { Text: not null } step)
            {
                if (choice % 2 == 0 && step.Calls.IsEmpty)
                {
                    history.RemoveAt(i);
                }
                else
                {
                    history[i] = step with { Text = choice % 2 == 0 ? null : Pick(ModelTexts, choice / 2) ?? "edited" };
                }

                return;
            }
        }
    }

    private static void EditResult(Branch branch, byte choice)
    {
        int newest = branch.History.FindLastIndex(static entry => entry is ToolResults);
        if (newest >= 0)
        {
            var results = (ToolResults)branch.History[newest];
            string text = choice % 2 == 0 ? "done" : "cleared";
            branch.History[newest] = results with { Texts = [.. results.Texts.Select(_ => text)] };
        }
    }

    private void Remove(byte choice)
    {
        IReadOnlyList<CachedSignature> entries = _cache.List(new SignatureEntryQuery()).Entries;
        if (choice % 8 == 0)
        {
            _cache.Clear();
        }
        else if (entries.Count > 0)
        {
            _cache.Remove(entries[choice % entries.Count].Key);
        }
    }
}
