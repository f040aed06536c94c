using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Notices;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_its_words(NoticeKind kind) => Assert.EndsWith(".", NoticeWords.Of(kind), StringComparison.Ordinal);

    [Fact]
    public void A_notice_and_its_message_are_in_one_commit()
    {
        var changes = new Changes().Notify(PersonId.From("ada"), NoticeKind.DueSoon, "work", At);

        var notice = Assert.IsType<Notice>(Assert.Single(changes.Documents).Document);
        Assert.Equal((PersonId.From("ada"), NoticeKind.DueSoon, "work", At), (notice.Person, notice.Kind, notice.About, notice.At));
        var message = Assert.Single(changes.Messages);
        Assert.Equal((Notifying.Topic, notice.Id.Value), (message.Topic, message.Subject));
    }

    [Fact]
    public void Reading_twice_keeps_the_first_time()
    {
        var notice = new Notice(NoticeId.New(At), PersonId.From("ada"), NoticeKind.DueSoon, "work", At);

        Assert.Equal(At.AddHours(1), notice.Seen(At.AddHours(1)).Seen(At.AddHours(2)).ReadAt);
    }

    public static TheoryData<NoticeKind> Kinds() => [.. Enum.GetValues<NoticeKind>()];
}
