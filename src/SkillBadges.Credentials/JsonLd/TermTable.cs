namespace SkillBadges.Credentials.JsonLd;

/// <summary>Term definitions by name: an open-addressed table that is copied when a context is built on another and never changed after.</summary>
internal sealed class TermTable
{
    private Entry[] entries;
    private int used;

    public TermTable(IEnumerable<TermDefinition> definitions)
    {
        entries = new Entry[64];
        foreach (var definition in definitions)
        {
            Set(definition, Rdf.ByteHash.Of(definition.Name));
        }
    }

    private TermTable(TermTable source)
    {
        entries = (Entry[])source.entries.Clone();
        used = source.used;
    }

    public int Capacity => entries.Length;

    public TermTable Copy() => new(this);

    public TermDefinition? Find(ReadOnlySpan<byte> name, uint hash)
    {
        var table = entries;
        var mask = table.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref readonly var entry = ref table[at];
            if (entry.Name is null)
            {
                return null;
            }

            if (entry.Hash == hash && name.SequenceEqual(entry.Name))
            {
                return entry.Definition;
            }
        }
    }

    public TermDefinition? Find(ReadOnlySpan<byte> name) => Find(name, Rdf.ByteHash.Of(name));

    public IEnumerable<TermDefinition> All => entries.Where(entry => entry.Definition is not null).Select(entry => entry.Definition!);

    public void Set(TermDefinition definition, uint hash)
    {
        ref var entry = ref Slot(entries, definition.Name, hash);
        if (entry.Name is null)
        {
            entry.Name = definition.Name;
            entry.Hash = hash;
            used++;
        }

        entry.Definition = definition;
        if (used * 2 > entries.Length)
        {
            Grow();
        }
    }

    /// <summary>The name stays in its place without a definition, so that searches run on past it.</summary>
    public void Remove(ReadOnlySpan<byte> name, uint hash)
    {
        ref var entry = ref Slot(entries, name, hash);
        if (entry.Name is not null)
        {
            entry.Definition = null;
        }
    }

    private void Grow()
    {
        var larger = new Entry[entries.Length * 2];
        foreach (var entry in entries)
        {
            if (entry.Name is not null)
            {
                Slot(larger, entry.Name, entry.Hash) = entry;
            }
        }

        entries = larger;
    }

    private static ref Entry Slot(Entry[] table, ReadOnlySpan<byte> name, uint hash)
    {
        var mask = table.Length - 1;
        var at = (int)hash & mask;
        while (table[at].Name is { } other && !(table[at].Hash == hash && name.SequenceEqual(other)))
        {
            at = (at + 1) & mask;
        }

        return ref table[at];
    }

    private struct Entry
    {
        public byte[]? Name;
        public TermDefinition? Definition;
        public uint Hash;
    }
}
