using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Definitions.Files;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>
/// Reads the members of a package's nodes and keeps every fault. Published packages write null where a member is absent, so null and empty text are
/// read as absent, and members that are not asked for are passed over.
/// </summary>
internal sealed class CaseMembers(FileShape shape)
{
    public const int MaxText = 20_000;
    private const int MaxShortText = 2_000;

    public bool IsObject(FileNode node)
    {
        if (node.Kind == JsonValueKind.Object)
        {
            return true;
        }

        shape.Report(node, "case.wrong-type", "An object in braces is expected here.");
        return false;
    }

    /// <summary>The items of a list of objects; none where it is absent.</summary>
    public IEnumerable<FileNode> Objects(FileNode owner, string name, int max)
    {
        if (Present(owner, name) is not { } node)
        {
            return [];
        }

        if (node.Kind != JsonValueKind.Array)
        {
            shape.Report(node, "case.wrong-type", "A list in square brackets is expected here.");
            return [];
        }

        if (node.Items.Count > max)
        {
            shape.Report(node, "case.too-many", $"The list has {node.Items.Count} entries; at most {max} are taken.");
            return [];
        }

        return node.Items.Where(IsObject);
    }

    public CaseIdentity Identity(FileNode node) => new(Identifier(node), Address(node, "uri", required: true) ?? "", Instant(node, "lastChangeDateTime"));

    public string Text(FileNode owner, string name) => Read(owner, name, MaxText, required: true) ?? "";

    public string? OptionalText(FileNode owner, string name) => Read(owner, name, MaxText, required: false);

    public string? OptionalShortText(FileNode owner, string name) => Read(owner, name, MaxShortText, required: false);

    public ImmutableArray<string> Texts(FileNode owner, string name)
    {
        if (Present(owner, name) is not { } node)
        {
            return [];
        }

        if (node.Kind != JsonValueKind.Array)
        {
            shape.Report(node, "case.wrong-type", "A list of texts is expected here.");
            return [];
        }

        return [.. node.Items.Select(item => TextOf(item, MaxShortText)).OfType<string>()];
    }

    /// <summary>One of a closed list of words, or null.</summary>
    public string? Word(FileNode owner, string name, ImmutableArray<string> words)
    {
        var text = OptionalShortText(owner, name);
        if (text is not null && !words.Contains(text, StringComparer.Ordinal))
        {
            shape.Report(owner.Member(name)!, "case.bad-value", $"One of {string.Join(", ", words)} is expected here.");
            return null;
        }

        return text;
    }

    public string AssociationType(FileNode node)
    {
        var type = Text(node, "associationType");
        if (type.Length > 0 && !CaseForms.IsAssociationType(type))
        {
            shape.Report(node.Member("associationType")!, "case.bad-value", $"One of {string.Join(", ", CaseAssociation.Types)}, or a word that begins with ext:, is expected here.");
        }

        return type;
    }

    /// <summary>An absolute http or https address, or a URN; never one that a reader could run.</summary>
    public string? Address(FileNode owner, string name, bool required)
    {
        var text = Read(owner, name, MaxShortText, required);
        if (text is null || CaseForms.IsAddress(text))
        {
            return text;
        }

        shape.Report(owner.Member(name)!, "case.bad-uri", "An absolute https, http or urn address without user name and white space is expected here.");
        return "";
    }

    public CaseLink? Link(FileNode owner, string name, bool required)
    {
        if (Present(owner, name) is not { } node)
        {
            if (required)
            {
                Missing(owner, name);
            }

            return required ? new("", "", "") : null;
        }

        return LinkOf(node);
    }

    public ImmutableArray<CaseLink> Links(FileNode owner, string name) => [.. Objects(owner, name, 1_000).Select(LinkOf)];

    public DateOnly? Day(FileNode owner, string name)
    {
        if (OptionalShortText(owner, name) is not { } text)
        {
            return null;
        }

        return CaseForms.Day(text) ?? Fault<DateOnly>(owner, name, "case.bad-date", "A day written 2026-11-21 is expected here.");
    }

    public int? Number(FileNode owner, string name) => Decimal(owner, name) switch
    {
        { } value when value == decimal.Truncate(value) && value is >= int.MinValue and <= int.MaxValue => (int)value,
        null => null,
        _ => Fault<int>(owner, name, "case.bad-value", "A whole number is expected here."),
    };

    public decimal? Decimal(FileNode owner, string name)
    {
        if (Present(owner, name) is not { } node)
        {
            return null;
        }

        if (node.Kind != JsonValueKind.Number)
        {
            return Fault<decimal>(owner, name, "case.wrong-type", "A number is expected here.");
        }

        return node.Decimal ?? Fault<decimal>(owner, name, "case.bad-value", "The number is too large or too long.");
    }

    private string Identifier(FileNode node)
    {
        var text = Read(node, "identifier", MaxShortText, required: true);
        if (text is not null && !Guid.TryParseExact(text, "D", out _))
        {
            shape.Report(node.Member("identifier")!, "case.bad-identifier", "An identifier is a UUID, such as 7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a11.");
            return "";
        }

        return CaseForms.Known(text ?? "");
    }

    private CaseLink LinkOf(FileNode node) => IsObject(node)
        ? new(OptionalText(node, "title") ?? "", CaseForms.Known(Read(node, "identifier", MaxShortText, required: true) ?? ""), Address(node, "uri", required: true) ?? "", OptionalShortText(node, "targetType"))
        : new("", "", "");

    private DateTimeOffset Instant(FileNode owner, string name) => Read(owner, name, 40, required: true) is { } text
        ? CaseForms.Instant(text) ?? Fault<DateTimeOffset>(owner, name, "case.bad-date", "An instant with its zone is expected here, such as 2026-11-21T10:00:00Z.")
        : default;

    private T Fault<T>(FileNode owner, string name, string code, string message)
        where T : struct
    {
        shape.Report(owner.Member(name)!, code, message);
        return default;
    }

    private string? Read(FileNode owner, string name, int max, bool required)
    {
        if (Present(owner, name) is { } node)
        {
            return TextOf(node, max);
        }

        if (required)
        {
            Missing(owner, name);
        }

        return null;
    }

    private string? TextOf(FileNode node, int max)
    {
        if (node.Kind != JsonValueKind.String)
        {
            shape.Report(node, "case.wrong-type", "Text in quotes is expected here.");
            return null;
        }

        var text = node.Text;
        if (text?.Length > max)
        {
            shape.Report(node, "case.bad-length", $"The text has {text.Length} characters; at most {max} are taken.");
            return null;
        }

        if (text is not null && CaseForms.Offender(text) is { } offender)
        {
            shape.Report(node, "case.bad-text", $"The text holds {offender}, a character that readers cannot see.");
            return null;
        }

        return text;
    }

    private void Missing(FileNode owner, string name) => shape.Report(owner.Spot, $"{owner.Path}.{name}", "case.missing-member", $"The member {name} is missing.");

    private static FileNode? Present(FileNode owner, string name) => owner.Member(name) is { Kind: not JsonValueKind.Null } node && !(node.Kind == JsonValueKind.String && node.Text?.Length == 0) ? node : null;
}
