namespace SkillBadges.Credentials.Json;

/// <summary>Strings of one tape, each with a number: a dictionary that copies no text.</summary>
internal sealed class TokenMap(TokenTape tape)
{
    private (int Token, int Value)[] slots = new (int, int)[32];
    private int used;

    /// <summary>False when the text is there already; its number then stays.</summary>
    public bool TryAdd(int token, int value)
    {
        ref var slot = ref Find(slots, token);
        if (slot.Token > 0)
        {
            return false;
        }

        slot = (token, value);
        if (++used * 2 > slots.Length)
        {
            var larger = new (int, int)[slots.Length * 2];
            foreach (var entry in slots)
            {
                if (entry.Token > 0)
                {
                    Find(larger, entry.Token) = entry;
                }
            }

            slots = larger;
        }

        return true;
    }

    /// <summary>The number of the text; -1 when it is not there.</summary>
    public int this[int token] => Find(slots, token) is { Token: > 0 } entry ? entry.Value : -1;

    // Token 0 is a whole document and never a string among others, so that it can stand for an empty slot.
    private ref (int Token, int Value) Find((int Token, int Value)[] table, int token)
    {
        var hash = tape.HashOf(token);
        var mask = table.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref table[at];
            if (slot.Token == 0 || (tape.HashOf(slot.Token) == hash && tape.Text(slot.Token).SequenceEqual(tape.Text(token))))
            {
                return ref slot;
            }
        }
    }
}
