using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Peers;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence.Peers;

public sealed class PeerReviewTests
{
    private static readonly PersonId Peer = PersonId.From("peer-1");
    private static readonly PersonId Other = PersonId.From("peer-2");

    [Fact]
    public void Classmates_see_what_was_chosen_and_nothing_else()
    {
        var shown = Assert.Single(Asked(Works.Filled()).Shown(Works.Filled()));

        Assert.Equal(("filing", "note-filing"), (shown.CompetencyId, shown.Item.Id));
    }

    [Fact]
    public void What_is_taken_out_of_the_draft_or_erased_is_shown_no_more()
    {
        var asked = Asked(Works.Filled());

        Assert.Empty(asked.Shown(Works.Filled().RemoveEvidence("filing", "note-filing", Works.Monday)));
        Assert.Empty(asked.Shown(Works.Filled().Erase("note-filing", Peer, "Asked for.", Works.Monday)));
    }

    [Fact]
    public void It_goes_on_while_the_work_waits_and_ends_with_the_decision_until_that_is_undone()
    {
        var asked = Asked(Works.Filled());
        var waiting = Works.TurnedIn();
        var returned = waiting.Decide(Works.Badge, 1, Works.Return());
        var undone = DecisionUndo.Undo(
            returned, "decision-r", Works.Return(id: "undo") with { Outcome = DecisionOutcome.Undone, Corrects = "decision-r", Ratings = [] }, TimeSpan.FromMinutes(10));

        Assert.True(asked.IsOpen(waiting));
        Assert.Single(asked.Shown(waiting));
        foreach (var decided in new[] { returned, waiting.Decide(Works.Badge, 1, Works.Approval()) })
        {
            Assert.False(asked.IsOpen(decided));
            Assert.Empty(asked.Shown(decided));
            Assert.Equal("peer-review.over", CodeOf(() => Commented(asked, decided)));
        }

        Assert.True(asked.IsOpen(undone));
        Assert.True(Asked(returned).IsOpen(returned));
        Assert.Equal("peer-review.over", CodeOf(() => Asked(waiting.Decide(Works.Badge, 1, Works.Approval()))));
    }

    [Fact]
    public void Taken_back_it_shows_and_takes_nothing_and_the_first_time_stays()
    {
        var withdrawn = Asked(Works.Filled()).Withdraw(Works.Monday);

        Assert.Empty(withdrawn.Shown(Works.Filled()));
        Assert.Equal("peer-review.over", CodeOf(() => Commented(withdrawn, Works.Filled())));
        Assert.Same(withdrawn, withdrawn.Withdraw(Works.Monday.AddHours(1)));
    }

    [Fact]
    public void Only_ones_own_files_links_and_texts_are_shown_around()
    {
        var certificate = EvidenceItem.OfCertificate("certificate", "Card", new("N-1", "A board", null), Works.Monday);
        var team = Works.Note("team") with { Id = "team", Team = new("team-1", 2, "I measured.") };
        var work = Works.Filled().AddEvidence("filing", certificate, Works.Monday).AddEvidence("filing", team, Works.Monday);

        Assert.Equal("peer-review.piece", CodeOf(() => Ask(work, [Peer], ["certificate"])));
        Assert.Equal("peer-review.piece", CodeOf(() => Ask(work, [Peer], ["team"])));
        Assert.Equal("evidence.not-found", CodeOf(() => Ask(work, [Peer], ["another"])));
    }

    [Fact]
    public void Somebody_else_is_asked_about_something_and_not_too_many()
    {
        Assert.Equal("peer-review.peers", CodeOf(() => Ask(Works.Filled(), [], ["note-filing"])));
        Assert.Equal("peer-review.peers", CodeOf(() => Ask(Works.Filled(), [Works.Learner], ["note-filing"])));
        Assert.Equal("peer-review.peers", CodeOf(() => Ask(Works.Filled(), [.. Enumerable.Range(0, 6).Select(n => PersonId.From($"p{n}"))], ["note-filing"])));
        Assert.Equal("peer-review.items", CodeOf(() => Ask(Works.Filled(), [Peer], [])));
    }

    [Fact]
    public void A_comment_says_both_what_works_and_what_to_try_of_a_skill_that_was_shown()
    {
        var asked = Asked(Works.Filled());

        Assert.Equal("peer-review.words", CodeOf(() => asked.Comment(Works.Filled(), "c", Peer, "filing", "Good.", " ", Works.Monday)));
        Assert.Equal("peer-review.not-shown", CodeOf(() => asked.Comment(Works.Filled(), "c", Peer, Works.Badge.Competencies[^1].Id, "Good.", "More.", Works.Monday)));
        Assert.Equal("peer-review.not-found", CodeOf(() => asked.Comment(Works.Filled(), "c", PersonId.From("stranger"), "filing", "Good.", "More.", Works.Monday)));
        var thrice = Enumerable.Range(0, PeerReview.MaxComments).Aggregate(asked, (review, n) => Commented(review, Works.Filled(), id: $"c{n}"));
        Assert.Equal("peer-review.too-many-comments", CodeOf(() => Commented(thrice, Works.Filled(), id: "more")));
        Assert.Equal(PeerReview.MaxComments + 1, Commented(thrice, Works.Filled(), id: "other", by: Other).Comments.Length);
    }

    [Fact]
    public void A_hidden_comment_is_a_reason_to_the_learner_and_words_to_who_wrote_it_and_staff()
    {
        var hidden = Commented(Commented(Asked(Works.Filled()), Works.Filled()), Works.Filled(), id: "c2", by: Other).Hide("c1", PersonId.From("teacher-1"), "Unkind.", Works.Monday);

        var (learner, writer, staff) = (hidden.SeenBy(Works.Learner, false), hidden.SeenBy(Peer, false), hidden.SeenBy(PersonId.From("teacher-1"), true));

        Assert.Equal((null, null, "Unkind."), (learner.Comments[0].Works, learner.Comments[0].Try, learner.Comments[0].Hidden!.Reason));
        Assert.Equal(("Clear.", "Unkind."), (Assert.Single(writer.Comments).Works, writer.Comments[0].Hidden!.Reason));
        Assert.Equal(Peer, Assert.Single(writer.Peers));
        Assert.Equal(("Clear.", 2), (staff.Comments[0].Works, staff.Comments.Length));
        Assert.Same(hidden, hidden.Hide("c1", PersonId.From("teacher-2"), "Once more.", Works.Monday));
        Assert.Equal("peer-comment.not-found", CodeOf(() => hidden.Hide("no-such", Peer, "Why.", Works.Monday)));
    }

    [Fact]
    public void Erased_words_are_gone_for_everybody_and_leave_that_they_were_there()
    {
        var erased = Commented(Asked(Works.Filled()), Works.Filled()).Erase("c1", Peer, "The family asked.", Works.Monday).Erase(null, Peer, "The family asked.", Works.Monday);

        var comment = Assert.Single(erased.SeenBy(Peer, true).Comments);
        Assert.Equal((null, null, Peer, "The family asked."), (comment.Works, comment.Try, comment.By, comment.Erased!.Reason));
        Assert.Null(erased.Question);
        Assert.Equal("peer-review.reason", CodeOf(() => Commented(Asked(Works.Filled()), Works.Filled()).Erase("c1", Peer, " ", Works.Monday)));
    }

    private static PeerReview Asked(Submission work) => Ask(work, [Peer, Other], ["note-filing"]);

    private static PeerReview Ask(Submission work, PersonId[] peers, string[] items) => PeerReview.Ask(PeerReviewId.From("review-1"), work, peers, items, "Is it clear?", Works.Monday);

    private static PeerReview Commented(PeerReview review, Submission work, string id = "c1", PersonId? by = null) => review.Comment(work, id, by ?? Peer, "filing", "Clear.", "A photo.", Works.Monday);

    private static string CodeOf(Func<object> act) => Assert.Throws<RefusedException>(act).Code;
}
