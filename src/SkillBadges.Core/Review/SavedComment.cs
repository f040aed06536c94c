using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Words that an assessor writes again and again. They belong to a person alone, or to the staff of an organization.</summary>
/// <param name="Organization">Whose staff share it; null for the author alone.</param>
public sealed record SavedComment(string Id, PersonId By, OrganizationId? Organization, string Text, DateTimeOffset At)
{
    public const int MaxTextLength = 500;

    /// <summary>How many a person keeps, and how many an organization.</summary>
    public const int MaxKept = 500;

    /// <exception cref="RefusedException"><c>saved-comment.text</c>.</exception>
    public static SavedComment Keep(string id, PersonId by, OrganizationId? organization, string? text, DateTimeOffset at) => new(id, by, organization, Checked(text), at);

    /// <exception cref="RefusedException"><c>saved-comment.text</c>.</exception>
    public SavedComment Reword(string? text) => this with { Text = Checked(text) };

    private static string Checked(string? text) =>
        DisplayText.Optional(text, MaxTextLength, "saved-comment.text") ?? throw Refused.Invalid("saved-comment.text", "Please write something here.");
}

public static class SavedCommentDocuments
{
    public static readonly AccessPath<SavedComment> ByPerson = new AccessPath<SavedComment>("person").Equal("person", c => c.Organization is null ? c.By.Value : null).OrderBy("at", c => c.At);

    public static readonly AccessPath<SavedComment> ByOrganization = new AccessPath<SavedComment>("organization").Equal("organization", c => c.Organization?.Value).OrderBy("at", c => c.At);

    public static readonly DocumentKind<SavedComment> Kind = new("saved_comment", c => c.Id) { Paths = [ByPerson, ByOrganization] };
}
