using System.Collections.Frozen;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What a member's value has to be.</summary>
internal enum MemberKind
{
    Text,
    Uri,
    Language,
    CompactJws,
    DateTime,
    Date,
    Number,
    Boolean,

    /// <summary>A word of an enumeration.</summary>
    Word,

    /// <summary><c>@context</c>: the model's contexts first, in order.</summary>
    Context,

    /// <summary>A set of types that holds the needed ones.</summary>
    Types,

    /// <summary>One type: a given one where the object is closed, else any.</summary>
    SingleType,

    Object,

    /// <summary>A profile, or its id.</summary>
    ProfileOrUri,

    /// <summary>A credential of any model.</summary>
    Credential,
}

/// <summary>One member of an object of the model, as its published schema has it.</summary>
internal sealed class MemberRule
{
    private readonly NameTable? wordTable;
    private ObjectRule? contents;

    private MemberRule(string name, MemberKind kind)
    {
        Name = name;
        Kind = kind;
    }

    public string Name { get; }

    public MemberKind Kind { get; }

    public bool Required { get; private init; }

    /// <summary>0..* or 1..*: always an array in plain JSON.</summary>
    public bool Many { get; private init; }

    /// <summary>The text lets a single value stand without its array (type, proof, credentialSchema, termsOfUse).</summary>
    public bool MayBeCompact { get; private init; }

    /// <summary>For objects: the name of their rule.</summary>
    public string? Object { get; private init; }

    /// <summary>The rule of that name; found when it is first needed, since classes contain one another.</summary>
    public ObjectRule Contents => contents ??= OpenBadgeRules.Named(Object!);

    public bool IsEndorsement => Object is "EndorsementCredential" or "EndorsementCredentialv1p1";

    /// <summary>For words, the enumeration; for a single type, the one allowed.</summary>
    public FrozenSet<string>? Words
    {
        get;
        private init
        {
            field = value;
            wordTable = value is null ? null : new NameTable(value);
        }
    }

    /// <summary>An <c>ext:</c> token is a word too.</summary>
    public bool Extensible { get; private init; }

    /// <summary>For types: each group needs one of its members in the set.</summary>
    public NeededType[] Needed { get; private init; } = [];

    public bool IsWord(ReadOnlySpan<byte> text) => wordTable?.IndexOf(text) >= 0;

    public MemberRule Must() => With(required: true);

    public MemberRule OrMany() => With(many: true);

    public MemberRule OrOne() => With(compact: true);

    public static MemberRule Text(string name) => new(name, MemberKind.Text);

    public static MemberRule Uri(string name) => new(name, MemberKind.Uri);

    public static MemberRule Of(string name, MemberKind kind) => new(name, kind);

    public static MemberRule Word(string name, FrozenSet<string> words, bool extensible) =>
        new(name, MemberKind.Word) { Words = words, Extensible = extensible };

    public static MemberRule Contained(string name, string rule) => new(name, MemberKind.Object) { Object = rule };

    public static MemberRule Types(params string[][] needed) =>
        new("type", MemberKind.Types) { Needed = [.. needed.Select(names => new NeededType(names))], Required = true, Many = true, MayBeCompact = true };

    public static MemberRule SingleType(string? type = null) =>
        new("type", MemberKind.SingleType) { Words = type is null ? null : FrozenSet.Create(type), Required = true };

    private MemberRule With(bool required = false, bool many = false, bool compact = false) => new(Name, Kind)
    {
        Required = Required || required,
        Many = Many || many,
        MayBeCompact = MayBeCompact || compact,
        Object = Object,
        Words = Words,
        Extensible = Extensible,
        Needed = Needed,
    };
}
