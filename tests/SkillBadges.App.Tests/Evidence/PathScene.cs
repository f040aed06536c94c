using System.Net.Http.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Mentors;
using SkillBadges.Core.Evidence.Peers;
using SkillBadges.Core.Evidence.Support;
using SkillBadges.Core.Evidence.Together;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>A learner whose work came back once and is a draft again, with one of everything that may go with it, and everybody around.</summary>
internal sealed record PathScene(TestDistrict District, TestLearner Learner, Submission Work, ClassSectionId Section, Pitch Pitch, LogEntry Entry, Confirmation Asked, AssessmentRequest Look, Accommodation Granted, TeamWork Team, PersonId Mate, PeerReview Feedback)
{
    /// <summary>A badge with a stop point and an assessment of all its skills.</summary>
    public static async Task<BadgeDefinition> BadgeAsync(TestDistrict district)
    {
        var badge = (district.Definition with
        {
            Slug = "paths-to-it",
            Checkpoints = [new("safety", "Safety check", "Goggles on, sleeves rolled up.")],
            Assessments = [new("pre-test", "Pre-test", "Twenty questions on paper.", 20)],
        }).Publish(1);
        if (await district.Store.FindAsync(DefinitionDocuments.Heads, badge.Slug, CancellationToken.None) is null)
        {
            await district.Store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, badge).Add(DefinitionDocuments.Heads, new(badge.Slug, 1, badge.Name, badge.Field)), CancellationToken.None);
        }

        return badge;
    }

    public static async Task<PathScene> SetAsync(TestDistrict district)
    {
        var badge = await BadgeAsync(district);
        var learner = await district.LearnerAsync();
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(learner.Person.Value), CancellationToken.None))!.Document;
        var now = district.App.Clock.Now();
        var work = Returned(badge, learner.Person, district, now);
        var pitch = Pitch.Propose(PitchId.New(now), work, badge.Competencies[0].Id, "Teach a freshman", EvidenceKind.Link, "Who teaches it can do it.", now);
        var entry = new LogEntry(LogEntryId.New(now), learner.Person, district.West, new(LogKind.WorkBased, new(2026, 1, 2), 240, "Northside Market", "Took in the delivery.", "Cold goods first."), now);
        var item = work.Draft[0].Items[0];
        var asked = Confirmation.Ask(ConfirmationId.New(now), learner.Person, district.West, new(item.Title, work.Id, item.Id, null), "Coach Ellis", Destination.Parse(Channel.Mail, "ellis@club.example"), now);
        var look = AssessmentRequest.Ask(AssessmentRequestId.New(now), work, badge, null, null, now);
        var granted = Accommodation.Grant(AccommodationId.New(now), learner.Person, district.West, null, "More time.", null, district.WestRegistrar, now);
        var mate = (await district.LearnerAsync()).Person;
        var team = TeamWork.Share(TeamWorkId.New(now), district.West, learner.Person, item, [mate], now).Accept(mate, now);
        var feedback = PeerReview.Ask(PeerReviewId.New(now), work, [mate], [item.Id], null, now).Comment(work, "comment-1", mate, work.Draft[0].CompetencyId, "Clear.", "A photo.", now);
        var together = new ClassSection(ClassSectionId.New(now), district.West, "Lunch club", now) { Students = [learner.Person, mate] };
        await district.Store.CommitAsync(new Changes().Add(PeerReviewDocuments.Kind, feedback).Add(ClassSectionDocuments.Kind, together), CancellationToken.None);
        await district.Store.CommitAsync(
            new Changes().Add(SubmissionDocuments.Kind, work).Add(PitchDocuments.Kind, pitch).Add(LogDocuments.Kind, entry).Add(ConfirmationDocuments.Kind, asked)
                .Add(AssessmentRequestDocuments.Kind, look).Add(AccommodationDocuments.Kind, granted).Add(TeamWorkDocuments.Kind, team),
            CancellationToken.None);
        await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        return new(district, learner, work, section.Id, pitch, entry, asked, look, granted, team, mate, feedback);
    }

    public HttpRequestMessage Request(string operation)
    {
        var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var id = route.Split('/')[2] switch
        {
            "pitches" => Pitch.Id.Value,
            "learners" => Learner.Person.Value,
            "logs" => Entry.Id.Value,
            "confirmations" => Asked.Id.Value,
            "assessment-requests" => Look.Id.Value,
            "accommodations" => Granted.Id.Value,
            "team-works" => Team.Id.Value,
            "peer-reviews" => Feedback.Id.Value,
            _ => Work.Id.Value,
        };
        var address = route.Replace("{id}", id, StringComparison.Ordinal).Replace("{attempt:int}", "1", StringComparison.Ordinal)
            .Replace("{comment}", Feedback.Comments[0].Id, StringComparison.Ordinal).Replace("{evidence}", Feedback.Items[0], StringComparison.Ordinal);
        return new(new HttpMethod(method), new Uri(address + Query(operation), UriKind.Relative)) { Content = method == "GET" ? null : Body(route) };
    }

    private static Submission Returned(BadgeDefinition badge, PersonId learner, TestDistrict district, DateTimeOffset at)
    {
        var nodded = Submission.Start(SubmissionId.New(at), learner, district.West, badge, at).NodAt(badge, "safety", district.Teacher, null, at);
        var whole = badge.Competencies.Aggregate(nodded, (work, competency) => work.AddEvidence(competency.Id, EvidenceItem.OfText(Core.NewId.Ordered(at), "Log", "Step by step.", at), at));
        return whole.Submit(new(badge, at)).Decide(badge, 1, new()
        {
            Id = Core.NewId.Ordered(at),
            Outcome = DecisionOutcome.Returned,
            Ratings = [],
            Assessor = new(district.Teacher, Role.Teacher, district.West, AssessorRelation.TeachesTheClass),
            DecidedAt = at,
            Comment = "Show the second sheet.",
        });
    }

    private string Query(string operation) => operation switch
    {
        "GET /api/pitches" or "GET /api/assessment-requests" => $"?section={Section}",
        "GET /api/logs" or "GET /api/log-totals" or "GET /api/accommodations" => $"?organization={District.West}&learner={Learner.Person}",
        "GET /api/learners/{id}/hours" => $"?organization={District.West}",
        "GET /api/sign-off-sheets" => $"?section={Section}&badge={TestDistrict.Badge}&competency={District.Definition.Competencies[0].Id}",
        "GET /api/classmates" => $"?organization={District.West}",
        _ => "",
    };

    private JsonContent? Body(string route) => route switch
    {
        "/api/submissions/{id}/assessments" => Json(new { assessment = "pre-test", score = 18, takenOn = "2026-01-02" }),
        "/api/submissions/{id}/plans/{attempt:int}" => Json(new { steps = new[] { new { competency = Work.Plans[0].Steps[0].CompetencyId, action = "Again, slowly." } } }),
        "/api/submissions/{id}/nods" => Json(new { checkpoint = "safety" }),
        "/api/submissions/{id}/pitches" => Json(new { competency = Pitch.CompetencyId, title = "A song", kind = "link", why = "It names every step." }),
        "/api/logs" => Json(new { organization = District.West.Value, entry = Words }),
        "/api/logs/{id}" => Json(Words),
        "/api/logs/{id}/signatures" => Json(new { words = "Saw it." }),
        "/api/logs/{id}/confirmations" => Json(new { mentor = "Coach Ellis", address = "ellis@club.example" }),
        "/api/submissions/{id}/logs" => Json(new { competency = Pitch.CompetencyId, title = "Hours", entries = new[] { Entry.Id.Value } }),
        "/api/submissions/{id}/confirmations" => Json(new { evidence = Work.Draft[0].Items[0].Id, mentor = "Coach Ellis", address = "ellis@club.example" }),
        "/api/submissions/{id}/assessment-requests" => Json(new { checkpoint = "safety" }),
        "/api/assessment-requests/{id}/answers" => Json(new { words = "Coming." }),
        "/api/accommodations" => Json(new { learner = Learner.Person.Value, organization = District.West.Value, what = "More time." }),
        "/api/team-works" => Json(new { submission = Work.Id.Value, evidence = Work.Draft[0].Items[0].Id, members = new[] { Mate.Value } }),
        "/api/submissions/{id}/team-works" => Json(new { teamWork = Team.Id.Value, competency = Pitch.CompetencyId, ownPart = "I measured." }),
        "/api/submissions/{id}/peer-reviews" => Json(new { peers = new[] { Mate.Value }, items = Feedback.Items }),
        "/api/peer-reviews/{id}/comments" => Json(new { competency = Pitch.CompetencyId, works = "Clear.", @try = "A photo." }),
        "/api/peer-reviews/{id}/comments/{comment}/hidings" => Json(new { reason = "It is about a person." }),
        "/api/peer-reviews/{id}/erasures" => Json(new { reason = "The family asked for it.", comment = Feedback.Comments[0].Id }),
        "/api/pitches/{id}/answers" => Json(new { accept = true }),
        _ => null,
    };

    private static object Words => new { kind = "personalDay", on = "2026-01-02", minutes = 60, place = "Library", did = "Read.", reflection = "Twice is better." };

    private static JsonContent Json(object body) => JsonContent.Create(body);
}
