using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

[JsonConverter(typeof(JsonStringEnumConverter<CommentKind>))]
public enum CommentKind
{
    [JsonStringEnumMemberName("remark")]
    Remark,

    /// <summary>Somebody who was asked to sign said no, and why.</summary>
    [JsonStringEnumMemberName("declined")]
    Declined,
}

/// <summary>When and by whom a comment was settled.</summary>
public sealed record CommentResolution(PersonId By, DateTimeOffset At);

/// <summary>What somebody says about one passage of one revision.</summary>
/// <param name="Path">Of a passage or of what holds several, such as <c>competencies/vital-signs</c>; empty for the whole badge.</param>
/// <param name="Author">Null for who signs by link.</param>
public sealed record PassageComment(string Id, string Slug, int Revision, string Path, string Text, CommentKind Kind, PersonId? Author, OrganizationId Organization, DateTimeOffset At)
{
    public const int MaxLength = 4000;
    public const int MaxPathLength = 300;

    /// <summary>Absent while it is open.</summary>
    public CommentResolution? Resolved { get; init; }

    /// <exception cref="RefusedException"><c>comment.unknown-passage</c>, <c>comment.text</c>.</exception>
    public static PassageComment On(DraftRevision revision, string id, string path, string? text, PersonId? author, OrganizationId organization, DateTimeOffset at)
    {
        var place = path.Trim('/');
        if (place.Length > MaxPathLength || (place.Length > 0 && !Passages.Of(revision.Content.Badge).Any(passage => passage.Path == place || passage.Path.StartsWith($"{place}/", StringComparison.Ordinal))))
        {
            throw Refused.Invalid("comment.unknown-passage", "There is no such place in this revision; places are named like competencies/vital-signs/statement.");
        }

        return new(id, revision.Slug, revision.Number, place, DisplayText.Optional(text, MaxLength, "comment.text") ?? throw Refused.Invalid("comment.text", "Please write something here."), CommentKind.Remark, author, organization, at);
    }

    /// <summary>Settles it, or opens it again; what it is already changes nothing.</summary>
    public PassageComment Settle(bool resolved, PersonId by, DateTimeOffset at) => resolved
        ? Resolved is null ? this with { Resolved = new(by, at) } : this
        : this with { Resolved = null };
}
