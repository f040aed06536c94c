using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>The members of one context object while its terms are being defined, those of an <c>@import</c> beneath its own.</summary>
internal sealed class LocalDefinitions
{
    private readonly List<Member> members = [];
    private readonly Dictionary<uint, List<int>> byHash = [];

    public int Count => members.Count;

    public Member this[int index] => members[index];

    /// <summary>Adds the members of an object; a name that is there already is replaced.</summary>
    public void AddAll(TokenTape tape, int @object)
    {
        for (var key = @object + 1; key < tape.Next(@object); key = tape.Next(key + 1))
        {
            var member = new Member(tape, key);
            var index = IndexOf(tape.Text(key));
            if (index >= 0)
            {
                members[index] = member;
                continue;
            }

            if (!byHash.TryGetValue(tape[key].Hash, out var same))
            {
                byHash[tape[key].Hash] = same = [];
            }

            same.Add(members.Count);
            members.Add(member);
        }
    }

    public int IndexOf(ReadOnlySpan<byte> name)
    {
        if (byHash.TryGetValue(ByteHash.Of(name), out var candidates))
        {
            foreach (var index in candidates)
            {
                if (members[index].Name.SequenceEqual(name))
                {
                    return index;
                }
            }
        }

        return -1;
    }

    public Member? Find(Keyword keyword)
    {
        var index = IndexOf(Keywords.Name(keyword));
        return index < 0 ? null : members[index];
    }

    internal enum Progress : byte
    {
        Untouched,
        BeingDefined,
        Defined,
    }

    internal sealed class Member(TokenTape tape, int key)
    {
        public TokenTape Tape => tape;

        public int Value => key + 1;

        public ReadOnlySpan<byte> Name => tape.Text(key);

        public uint Hash => tape[key].Hash;

        public TokenKind Kind => tape.Kind(Value);

        public ReadOnlySpan<byte> Text => tape.Text(Value);

        public Progress Progress { get; set; }
    }
}
