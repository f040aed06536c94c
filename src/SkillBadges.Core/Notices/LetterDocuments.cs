using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

public static class LetterDocuments
{
    public static readonly AccessPath<Letter> ByState = new AccessPath<Letter>("state").Equal("state", l => l.State.ToString()).OrderBy("at", l => l.At);

    public static readonly AccessPath<Letter> ByExpiry = new AccessPath<Letter>("expiry").OrderBy("expires", l => l.ExpiresAt);

    public static readonly DocumentKind<Letter> Kind = new("letter", l => l.Id) { Paths = [ByState, ByExpiry] };
}
