using System.Numerics;
using System.Text;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Names of the standard, each with its place: a hash table without chains, at most a quarter full, since all that a document says is looked up in one.</summary>
internal sealed class NameTable
{
    private readonly Entry[] entries;

    public NameTable(IReadOnlyCollection<string> names)
    {
        entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)(names.Count + 1) * 4)];
        foreach (var (place, name) in names.Index())
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            var hash = ByteHash.Of(utf8);
            var at = (int)hash & (entries.Length - 1);
            while (entries[at].Name is not null)
            {
                at = (at + 1) & (entries.Length - 1);
            }

            entries[at] = new Entry(hash, place, utf8);
        }
    }

    /// <summary>The place of the name; -1 when it is not there.</summary>
    public int IndexOf(ReadOnlySpan<byte> name) => IndexOf(name, ByteHash.Of(name));

    /// <inheritdoc cref="IndexOf(ReadOnlySpan{byte})"/>
    public int IndexOf(ReadOnlySpan<byte> name, uint hash)
    {
        for (var at = (int)hash & (entries.Length - 1); ; at = (at + 1) & (entries.Length - 1))
        {
            ref readonly var entry = ref entries[at];
            if (entry.Name is null)
            {
                return -1;
            }

            if (entry.Hash == hash && name.SequenceEqual(entry.Name))
            {
                return entry.Place;
            }
        }
    }

    private readonly record struct Entry(uint Hash, int Place, byte[]? Name);
}
