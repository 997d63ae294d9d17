using FastSignatureCache.Gateway.Tests.Clients;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>The five kinds of answers that there are.</summary>
public static class AnswerKind
{
    private static readonly (Protocol, AnswerForm)[] All =
    [
        (Protocol.Native, AnswerForm.Json),
        (Protocol.Native, AnswerForm.ServerSentEvents),
        (Protocol.Native, AnswerForm.JsonArray),
        (Protocol.Chat, AnswerForm.Json),
        (Protocol.Chat, AnswerForm.ServerSentEvents),
    ];

    /// <summary>Each of them through each passage with the product, compressed and not.</summary>
    public static TheoryData<Protocol, AnswerForm, Passage, bool> Everywhere => Combine(form => true);

    /// <summary>The streams among them.</summary>
    public static TheoryData<Protocol, AnswerForm, Passage, bool> Streams => Combine(form => form != AnswerForm.Json);

    private static TheoryData<Protocol, AnswerForm, Passage, bool> Combine(Func<AnswerForm, bool> isMeant)
    {
        var data = new TheoryData<Protocol, AnswerForm, Passage, bool>();
        foreach ((Protocol protocol, AnswerForm form) in All.Where(kind => isMeant(kind.Item2)))
        {
            foreach (Passage passage in Passages.WithProduct)
            {
                data.Add(protocol, form, passage, true);
                data.Add(protocol, form, passage, false);
            }
        }

        return data;
    }
}
