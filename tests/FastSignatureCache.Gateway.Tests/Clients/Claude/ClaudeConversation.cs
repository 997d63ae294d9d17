namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>What is said to the model, and what comes of it.</summary>
/// <param name="Prompts">What the user says in each turn, with the emulator's directives.</param>
/// <param name="Answers">How many answers it takes to the end.</param>
/// <param name="FirstThinking">The number of the first answer that has thinking, from 1; the next request has to bring it back.</param>
internal sealed record ClaudeConversation(IReadOnlyList<string> Prompts, int Answers, int FirstThinking = 1)
{
    public static IReadOnlyDictionary<string, ClaudeConversation> OfOneTurn { get; } = new Dictionary<string, ClaudeConversation>
    {
        ["1,1,1"] = new(["How is it there? [steps: 1,1,1]"], 4),
        ["2"] = new(["How is it there? [steps: 2] [thinking: ttt,r]"], 2),
        ["1,2,1"] = new(["How is it there? [steps: 1,2,1] [say: Let me \"see\" é.] [thinking: tr,et,0,t]"], 4),
        ["1,1,1, no thinking at first"] = new(["How is it there? [steps: 1,1,1] [thinking: 0,rr,e,0]"], 4, FirstThinking: 2),
    };

    /// <summary>With those of several turns.</summary>
    public static IReadOnlyDictionary<string, ClaudeConversation> All { get; } = new Dictionary<string, ClaudeConversation>(OfOneTurn)
    {
        ["1,1; 2; 1,2,1"] = new(
            [
                "How is it there? [steps: 1,1] [thinking: t,tr]",
                "And elsewhere? [steps: 2] [say: A moment.] [thinking: re,0]",
                "And tomorrow? [steps: 1,2,1] [thinking: e,tt,t,r]",
            ],
            9),
    };
}
