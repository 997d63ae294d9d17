using System.Globalization;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <content>What adds to a history: conversations that begin, steps, turns, and whatever makes two branches of one.</content>
internal sealed partial class World
{
    private void Branches(Branch added)
    {
        if (_branches.Count < 8)
        {
            _branches.Add(added);
        }
    }

    private void Begin(int choice)
    {
        string? session = (_generated.Sessions % 3) switch
        {
            0 => null,
            1 => "s",
            _ => string.Create(CultureInfo.InvariantCulture, $"s{_branches.Count}"),
        };
        var branch = new Branch(_branches.Count % (1 + (_generated.Callers % 2)) == 0 ? "alice" : "bob", session, Pick(Instructions, choice / 8));
        branch.History.Add(new UserMessage(Pick(UserTexts, choice)));
        Branches(branch);
    }

    /// <summary>The user speaks, if the model has ended its turn or even if it hasn't.</summary>
    private static void Say(Branch branch, string text)
    {
        if (branch.History[^1] is not UserMessage)
        {
            branch.History.Add(new UserMessage(text));
        }
    }

    private void Ask(Branch branch, byte choice, bool isKept = true)
    {
        if (branch.History[^1] is ModelStep)
        {
            Say(branch, Pick(UserTexts, choice / 3));
        }

        Take(branch, Send(branch, choice, isKept));
    }

    private static void Take(Branch branch, ModelStep step)
    {
        branch.History.Add(step);
        if (!step.Calls.IsEmpty)
        {
            branch.History.Add(new ToolResults(step.Calls, [.. step.Calls.Select(static _ => "done")]));
        }
    }

    /// <summary>The client goes back to before the newest step that the model took, and takes another.</summary>
    private void Regenerate(Branch branch, byte choice)
    {
        int newest = branch.History.FindLastIndex(static entry => entry is ModelStep);
        if (newest > 0)
        {
            Branch fork = branch.Fork();
            fork.History.RemoveRange(newest, fork.History.Count - newest);
            Ask(fork, choice);
            Branches(fork);
        }
    }

    /// <summary>One request is sent twice and answered twice, with the same words. The client throws one answer away, or goes on with both.</summary>
    private void Duplicate(Branch branch, byte choice)
    {
        if (branch.History[^1] is ModelStep)
        {
            return;
        }

        ModelStep first = Send(branch, choice);
        ModelStep second = Send(branch, choice);
        Branch twin = branch.Fork();
        Take(branch, choice % 2 == 0 ? first : second);
        if (choice / 2 % 2 == 0)
        {
            Take(twin, choice % 2 == 0 ? second : first);
            Branches(twin);
        }
    }

    /// <summary>The whole conversation once more: the same words from both sides, other signatures.</summary>
    private void Replay(Branch branch)
    {
        Branch again = branch with { History = [] };
        foreach (Entry entry in branch.History)
        {
            again.History.Add(entry is ModelStep step ? Send(again, step.Text, step.Calls, isKept: true, isSigned: true) : entry);
        }

        Branches(again);
    }
}
