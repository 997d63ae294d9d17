using System.Text.Json.Nodes;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>One turn of an agent in one wire format: a question, then calls of a tool, each with its result.</summary>
internal interface IDialogue
{
    /// <summary>What the wire format is called.</summary>
    string Name { get; }

    /// <summary>Path and query of a request.</summary>
    string PathOf(bool isStream);

    /// <summary>The body of the request that has so many calls behind it.</summary>
    /// <param name="instructions">The leading instructions.</param>
    /// <param name="calls">How many calls the model has made so far.</param>
    /// <param name="areSigned">Whether they have their signatures.</param>
    /// <param name="isStream">Whether a stream is asked for.</param>
    JsonObject CreateRequest(string instructions, int calls, bool areSigned, bool isStream);

    /// <summary>The answer to it as one object: the next call, with its signature.</summary>
    JsonObject CreateAnswer(int calls);

    /// <summary>The answer to it as the data of events.</summary>
    IEnumerable<string> CreateEvents(int calls);
}
