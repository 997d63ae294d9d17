using System.Security.Cryptography;
using System.Text;

namespace FastSignatureCache.Emulator.Conversations;

/// <summary>A request in the one form that rules and script work on, whatever protocol it came in.</summary>
internal sealed class Conversation
{
    public Conversation(string model, string systemText, IReadOnlyList<Content> contents, IReadOnlyList<Tool> tools, string mark)
    {
        Model = model;
        Contents = contents;
        Tools = tools;
        Fingerprint = MakeFingerprint(systemText, contents, mark);
        TurnStart = FindTurnStart(contents);
    }

    public string Model { get; }

    public IReadOnlyList<Content> Contents { get; }

    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>What the request says about thinking; <see langword="null"/> when it is off.</summary>
    public ThinkingContext? Thinking { get; init; }

    /// <summary>What stays the same as a conversation grows: system instruction, first user content and the test's own mark.</summary>
    public string Fingerprint { get; }

    /// <summary>The index of the first content of the current turn, behind the newest content in which the user says something.</summary>
    public int TurnStart { get; }

    /// <summary>The steps before the content at an index, counted from the conversation's beginning.</summary>
    public int StepsBefore(int index) => Contents.Take(index).Count(content => content.HasCalls);

    private static int FindTurnStart(IReadOnlyList<Content> contents)
    {
        for (var index = contents.Count - 1; index >= 0; index--)
            if (contents[index].StartsTurn)
                return index + 1;
        return 0;
    }

    private static string MakeFingerprint(string systemText, IReadOnlyList<Content> contents, string mark)
    {
        var opening = contents.FirstOrDefault(content => content.StartsTurn);
        var text = new StringBuilder();
        string[] fields = [systemText, mark, .. opening?.Parts.Select(part => part.Text) ?? []];
        foreach (var field in fields)
            text.Append(field.Length).Append(':').Append(field);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
