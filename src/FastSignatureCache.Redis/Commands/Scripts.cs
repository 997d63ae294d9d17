namespace FastSignatureCache.Redis.Commands;

/// <summary>What has to happen in one step, on the server. Each works on keys of a single slot, all of them declared.</summary>
internal static class Scripts
{
    /// <summary>
    /// KEYS: the conversation. ARGV: when its last new entry expires (ms), now (ticks), then fields and values. Keeps the entries, and the
    /// hash for as long as any of its entries asks for. Of each put a few entries drawn at random make room if they expired alone: in a
    /// conversation that goes on for longer than the time to live, no more than about a quarter is ever of that kind.
    /// </summary>
    public const string Put =
        """
        for i = 3, #ARGV, 2 do
            redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
        end
        if redis.call('PEXPIRETIME', KEYS[1]) < tonumber(ARGV[1]) then
            redis.call('PEXPIREAT', KEYS[1], ARGV[1])
        end
        local drawn = redis.call('HRANDFIELD', KEYS[1], 4, 'WITHVALUES')
        for i = 1, #drawn, 2 do
            local value = drawn[i + 1]
            if #value > 25 and string.byte(value) == 1 and struct.unpack('<l', value, 18) <= tonumber(ARGV[2]) then
                redis.call('HDEL', KEYS[1], drawn[i])
            end
        end
        """;

    /// <summary>KEYS: the conversation. ARGV: digests of keys. Removes every entry under the keys.</summary>
    public const string Remove =
        """
        local removed = {}
        for _, digest in ipairs(ARGV) do
            removed[digest] = true
        end
        for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
            if removed[string.sub(field, 1, 16)] then
                redis.call('HDEL', KEYS[1], field)
            end
        end
        """;

    /// <summary>KEYS: the conversation. ARGV: fields and values. Removes those fields that still have these values.</summary>
    public const string Forget =
        """
        for i = 1, #ARGV, 2 do
            if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
                redis.call('HDEL', KEYS[1], ARGV[i])
            end
        end
        """;

    /// <summary>
    /// KEYS: the two halves of an index, by creation and by expiry. ARGV: now, when the last of the conversations expires, then of each its
    /// digest, newest creation and last expiry. Takes the conversations in, some expired ones out, and goes away with the last of them.
    /// </summary>
    public const string Index =
        """
        for i = 3, #ARGV, 3 do
            redis.call('ZADD', KEYS[1], 'GT', ARGV[i + 1], ARGV[i])
            redis.call('ZADD', KEYS[2], 'GT', ARGV[i + 2], ARGV[i])
        end
        for _, digest in ipairs(redis.call('ZRANGE', KEYS[2], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, 32)) do
            redis.call('ZREM', KEYS[1], digest)
            redis.call('ZREM', KEYS[2], digest)
        end
        for _, half in ipairs(KEYS) do
            if redis.call('PEXPIRETIME', half) < tonumber(ARGV[2]) then
                redis.call('PEXPIREAT', half, ARGV[2])
            end
        end
        """;
}
