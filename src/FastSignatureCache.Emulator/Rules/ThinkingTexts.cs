namespace FastSignatureCache.Emulator.Rules;

/// <summary>What Anthropic says about thinking blocks, word for word.</summary>
internal static class ThinkingTexts
{
    public const string SystemDiffers = "The `system` prompt differs from the one this block was created with.";

    public const string ToolsDiffer = "The `tools` list differs from the one this block was created with.";

    public const string PreviousIsMissing =
        "The `thinking` block that preceded this one when it was created is missing from this request.";

    public static string InvalidSignature(string path) => $"{path}: Invalid `signature` in `thinking` block";

    public static string InvalidData(string path) => $"{path}: Invalid `data` in `redacted_thinking` block";

    public static string SignatureRequired(string path) => $"{path}.thinking.signature: Field required";

    public static string DataRequired(string path) => $"{path}.redacted_thinking.data: Field required";

    public static string Modified(string path) =>
        $"{path}: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.";

    public static string Expected(string path, string found) =>
        $"{path}.type: Expected `thinking` or `redacted_thinking`, but found `{found}`. When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable `thinking`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking";

    /// <param name="path">Where the block is.</param>
    /// <param name="redacted">Whether it is a redacted one.</param>
    /// <param name="sendsBeta">Whether the request can have the setting; the provider explains it to those that cannot.</param>
    /// <param name="difference">The sentence that names what differs; the provider does not always have one.</param>
    public static string OtherConversation(string path, bool redacted, bool sendsBeta, string? difference)
    {
        var text = (redacted ? InvalidData(path) : InvalidSignature(path))
            + ". The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to \"drop_block\".";
        if (!sendsBeta)
            text += " That setting requires the `thinking-binding-controls-2026-08-01` value in the `anthropic-beta` header.";
        return difference is null ? text : $"{text} {difference}";
    }
}
