namespace Bitrix24;

/// <summary>What Redis does in one step. The clock is its own; times are microseconds, which a number of Lua holds exactly.</summary>
internal static class RedisScripts
{
    /// <summary>
    /// Saves tokens, unless there are newer ones than the version that was loaded; answers the new version, or -1. Versions are times, so
    /// that they grow also where the tokens were forgotten in between, or another Redis has older ones or none.
    /// </summary>
    public const string SaveToken =
        """
        local old = redis.call('GET', KEYS[1])
        local version = 0
        if old then version = tonumber(string.match(old, '^(%d+)')) or 0 end
        if ARGV[2] ~= '' and version > tonumber(ARGV[2]) then return -1 end
        local t = redis.call('TIME')
        version = math.max(version + 1, t[1] * 1000000 + t[2])
        redis.call('SET', KEYS[1], string.format('%.0f', version) .. '\n' .. ARGV[1])
        return version
        """;

    /// <summary>Takes a lease; answers the version of the tokens, or -1 where another has it.</summary>
    public const string TakeLease =
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then return -1 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        local old = redis.call('GET', KEYS[2])
        if not old then return 0 end
        return tonumber(string.match(old, '^(%d+)')) or 0
        """;

    public const string KeepLease =
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return 0
        """;

    public const string EndLease =
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """;

    /// <summary>
    /// Decides about a call. Keys: the hold, each limit, each method's block. Arguments: permits, how many limits,
    /// whether the process knows better than Redis (it went by itself meanwhile), and of each limit its kind, requests, period
    /// and what the process knows to be taken of it, which counts too where Redis has lost it. Answers 1 and the wait, or 0 and the wait for a block; then what is taken of each limit.
    /// </summary>
    public const string Reserve =
        """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local permits = tonumber(ARGV[1])
        local limits = tonumber(ARGV[2])
        local unsure = ARGV[3] == '1'
        local blocked = 0
        for i = 2 + limits, #KEYS do
          local left = redis.call('PTTL', KEYS[i])
          if left > blocked then blocked = left end
        end
        if blocked > 0 then return {0, blocked * 1000} end
        local at = now
        local held = redis.call('PTTL', KEYS[1])
        if held > 0 then at = now + held * 1000 end
        local taken = {}
        for i = 1, limits do
          local requests = tonumber(ARGV[i * 4 + 1])
          local period = tonumber(ARGV[i * 4 + 2])
          local known = now + tonumber(ARGV[i * 4 + 3])
          local p = math.min(permits, requests)
          local goes = now
          if ARGV[i * 4] == 'b' then
            local full = tonumber(redis.call('GET', KEYS[i + 1]) or '0')
            if full == 0 or unsure then full = math.max(full, known) end
            taken[i] = full
            goes = full + (p - requests) * period
          else
            local count = redis.call('LLEN', KEYS[i + 1])
            if count == 0 or unsure then goes = math.max(goes, known) end
            if count + p > requests then
              goes = math.max(goes, tonumber(redis.call('LINDEX', KEYS[i + 1], count + p - requests - 1)) + period)
            end
          end
          if goes > at then at = goes end
        end
        local answer = {1, math.ceil(at - now)}
        for i = 1, limits do
          local requests = tonumber(ARGV[i * 4 + 1])
          local period = tonumber(ARGV[i * 4 + 2])
          local p = math.min(permits, requests)
          local ends
          if ARGV[i * 4] == 'b' then
            ends = math.max(taken[i], at) + p * period
            redis.call('SET', KEYS[i + 1], string.format('%.0f', ends), 'PX', string.format('%.0f', math.ceil((ends - now) / 1000) + 1000))
          else
            for _ = 1, p do redis.call('RPUSH', KEYS[i + 1], string.format('%.0f', at)) end
            redis.call('LTRIM', KEYS[i + 1], -requests, -1)
            ends = at + period
            redis.call('PEXPIRE', KEYS[i + 1], string.format('%.0f', math.ceil((ends - now) / 1000) + 1000))
          end
          answer[#answer + 1] = math.ceil(ends - now)
        end
        return answer
        """;

    /// <summary>Gives permits back. Keys: each limit. Arguments: permits, and of each limit its kind, requests and period.</summary>
    public const string Return =
        """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        for i = 1, #KEYS do
          local p = math.min(tonumber(ARGV[1]), tonumber(ARGV[i * 3]))
          if ARGV[i * 3 - 1] == 'b' then
            local full = redis.call('GET', KEYS[i])
            if full then
              local ends = tonumber(full) - p * tonumber(ARGV[i * 3 + 1])
              if ends > now then
                redis.call('SET', KEYS[i], string.format('%.0f', ends), 'PX', string.format('%.0f', math.ceil((ends - now) / 1000) + 1000))
              else
                redis.call('DEL', KEYS[i])
              end
            end
          else
            for _ = 1, p do redis.call('RPOP', KEYS[i]) end
          end
        end
        return 0
        """;

    /// <summary>The portal refused: nothing is left. Keys: the hold, each limit. Arguments: the hold in milliseconds, and of each limit its kind, requests and period.</summary>
    public const string Refused =
        """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local hold = tonumber(ARGV[1])
        if hold > 0 and redis.call('PTTL', KEYS[1]) < hold then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
        for i = 2, #KEYS do
          local requests = tonumber(ARGV[i * 3 - 3])
          local period = tonumber(ARGV[i * 3 - 2])
          if ARGV[i * 3 - 4] == 'b' then
            local ends = now + requests * period
            local full = tonumber(redis.call('GET', KEYS[i]) or '0')
            if full < ends then
              redis.call('SET', KEYS[i], string.format('%.0f', ends), 'PX', string.format('%.0f', math.ceil((ends - now) / 1000) + 1000))
            end
          else
            for _ = 1, requests do redis.call('RPUSH', KEYS[i], string.format('%.0f', now)) end
            redis.call('LTRIM', KEYS[i], -requests, -1)
            redis.call('PEXPIRE', KEYS[i], string.format('%.0f', math.ceil(period / 1000) + 1000))
          end
        end
        return 0
        """;

    /// <summary>Holds a method back, unless it is held back for longer already.</summary>
    public const string Block =
        """
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
        return 0
        """;

    /// <summary>Registers a process as alive; returns how many are.</summary>
    public const string Beat =
        """
        local t = redis.call('TIME')
        redis.call('ZADD', KEYS[1], t[1], ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', t[1] - tonumber(ARGV[2])))
        redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ARGV[2] * 2000))
        return redis.call('ZCARD', KEYS[1])
        """;

    /// <summary>Claims an event; answers 0, or 1 where another handles it, or 2 where it was handled.</summary>
    public const string Claim =
        """
        local now = redis.call('GET', KEYS[1])
        if not now then
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return 0
        end
        if now == 'done' then return 2 end
        return 1
        """;
}
