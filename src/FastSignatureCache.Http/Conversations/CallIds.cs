namespace FastSignatureCache.Http.Conversations;

/// <summary>What the look of a call's id says.</summary>
internal static class CallIds
{
    /// <summary>What no counter and hardly a tool's name has: eight letters and digits in a row, a digit among them.</summary>
    private const int MinUniqueLength = 8;

    /// <summary>
    /// Whether no other call can be expected to have such an id. <c>call_Read</c> and <c>call_0</c> are made of the call's name or its
    /// number, and are the same in every conversation.
    /// </summary>
    public static bool IsUnique(string id)
    {
        int length = 0;
        bool hasDigit = false;
        foreach (char character in id)
        {
            bool belongs = char.IsAsciiLetterOrDigit(character);
            length = belongs ? length + 1 : 0;
            hasDigit = belongs && (hasDigit || char.IsAsciiDigit(character));
            if (length >= MinUniqueLength && hasDigit)
            {
                return true;
            }
        }

        return false;
    }
}
