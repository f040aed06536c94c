using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

public static class NoticeDocuments
{
    public static readonly AccessPath<Notice> ByPerson = new AccessPath<Notice>("person").Equal("person", n => n.Person.Value).OrderBy("at", n => n.At);

    public static readonly AccessPath<Notice> Unread = new AccessPath<Notice>("unread").Equal("person", n => n.ReadAt is null ? n.Person.Value : null).OrderBy("at", n => n.At);

    public static readonly AccessPath<Notice> ByAge = new AccessPath<Notice>("age").OrderBy("at", n => n.At);

    public static readonly AccessPath<Notice> ByDigest = new AccessPath<Notice>("digest").Equal("digest", n => n.Digest).OrderBy("at", n => n.At);

    public static readonly DocumentKind<Notice> Kind = new("notice", n => n.Id.Value) { Paths = [ByPerson, Unread, ByAge, ByDigest] };
}
