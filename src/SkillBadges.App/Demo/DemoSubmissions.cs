using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Demo;

/// <summary>Work of the sample district's students: some begun, some waiting, some decided.</summary>
internal sealed class DemoSubmissions(DemoPeople people, IDocumentStore store, IFileStore files, ReviewQueue queue, DecisionWorkflow decisions, TimeProvider clock)
{
    public const int PendingLearners = 75;
    private const int DecidedLearners = 5;

    private DateTimeOffset Earlier => clock.Now().AddDays(-30);

    /// <summary>For each badge the work of 75 students, by the same rules as in a learner's hands: one commit a learner instead of one a click.</summary>
    public async Task TurnInAsync(IReadOnlyList<string> pending, CancellationToken cancellationToken)
    {
        var school = people.OrganizationOf("westfield-high");
        var waiting = pending
            .SelectMany(badge => people.Students["westfield-high"].Take(PendingLearners).Select(learner => (Badge: badge, Learner: learner)))
            .Select((work, number) => (work.Badge, work.Learner, Number: number));
        await Parallel.ForEachAsync(waiting, cancellationToken, async (work, token) => await TurnInAsync(work.Learner, school, work.Badge, work.Number, token));
    }

    private async Task<Submission> TurnInAsync(PersonId learner, OrganizationId school, string badgeSlug, int number, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(badgeSlug, cancellationToken);
        var submission = (await PrepareAsync(learner, school, badge, number, cancellationToken)).Submit(new(badge, Earlier.AddMinutes(20 * number)));
        await store.CommitAsync(
            new Changes()
                .Add(SubmissionDocuments.Kind, submission)
                .Add(ReviewTaskDocuments.Kind, await queue.TaskAsync(submission, badge, cancellationToken)),
            cancellationToken);
        return submission;
    }

    // Work of their own with a file, ready to be turned in.
    private async Task<Submission> PrepareAsync(PersonId learner, OrganizationId school, BadgeDefinition badge, int number, CancellationToken cancellationToken)
    {
        var at = Earlier.AddMinutes(20 * number);
        var photo = await files.PutAsync(new MemoryStream(DemoPicture.Of(number), writable: false), 1_000_000, cancellationToken);
        var submission = Submission.Start(SubmissionId.New(at), learner, school, badge, at);
        foreach (var competency in badge.Competencies)
        {
            submission = submission
                .AddEvidence(competency.Id, EvidenceItem.OfText(NewId.Ordered(at), $"How I did it: {competency.Name}", $"What I did for this skill, step by step, on try {number + 1}.", at), at);
            submission = Chosen(competency)
                .Aggregate(submission, (work, option) => work.AddEvidence(
                    competency.Id, EvidenceItem.OfText(NewId.Ordered(at), option.Label, $"What it shows and how it was measured, on try {number + 1}.", at) with { OptionId = option.Id }, at))
                .Reflect(badge, competency.Id, competency.RequiredLevel, "I checked it twice.", null, at);
        }

        return submission.AddEvidence(
            badge.Competencies[0].Id, EvidenceItem.OfFile(NewId.Ordered(at), "Photo of the work", $"photo-{number + 1}.png", photo, "image/png", at), at);
    }

    // Where the board asks for several choices, as many as it asks for.
    private static IEnumerable<EvidenceOption> Chosen(Competency competency) => competency.ChooseAtLeast == 1
        ? []
        : competency.EvidenceOptions.Where(option => option.Kind is not (EvidenceKind.Certificate or EvidenceKind.Log)).Take(competency.ChooseAtLeast);

    /// <summary>Who has turned in nothing has begun something.</summary>
    public async Task BeginAsync(int number, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync("food-safety", cancellationToken);
        foreach (var (school, learners) in people.Students)
        {
            foreach (var learner in learners.Skip(school == "westfield-high" ? PendingLearners : DecidedLearners))
            {
                await store.CommitAsync(
                    new Changes().Add(SubmissionDocuments.Kind, await PrepareAsync(learner, people.OrganizationOf(school), badge, number++, cancellationToken)), cancellationToken);
            }
        }
    }

    public async Task DecideSomeAsync(int number, CancellationToken cancellationToken)
    {
        (string School, string Teacher, string Badge)[] earned =
        [
            ("summit-high", "mr.lund", "bookkeeping-cycle"), ("eastridge-high", "mr.chen", "graphic-design"), ("northgate-high", "ms.okafor", "video-production"),
            ("river-valley-cte", "ms.haddad", "smaw-fillet"), ("open-sky-academy", "mr.silva", "web-accessibility"),
        ];
        foreach (var (school, teacher, badge) in earned)
        {
            foreach (var learner in people.Students[school].Take(DecidedLearners))
            {
                var submission = await TurnInAsync(learner, people.OrganizationOf(school), badge, number++, cancellationToken);
                var outcome = number % 5 == 0 ? DecisionOutcome.Returned : DecisionOutcome.Approved;
                await decisions.DecideAsync(
                    new(people.PersonOf(teacher)), submission.Id, new(1, outcome, [], outcome == DecisionOutcome.Returned ? "Please show the second part as well." : null), null, null, cancellationToken);
            }
        }
    }
}
