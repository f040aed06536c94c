using System.Collections.Immutable;
using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Profiles;

namespace SkillBadges.App.Sharing;

/// <param name="Author">In which capacity it was written: learner, teacher, office or family.</param>
/// <param name="From">The school from which it came with the record; null for what was written here.</param>
internal sealed record ProfileLineView(string Id, ProfileBlock Block, string Text, string? Award, ProfileVoice Author, string By, DateTimeOffset At, string? From)
{
    public static ProfileLineView Of(ProfileLine line) =>
        new(line.Id, line.Block, line.Text, line.Award?.Value, line.Author!.Voice, line.Author.Person.Value, line.Author.At, line.Author.From);
}

/// <summary>A profile as the one who asks may see it.</summary>
/// <param name="You">In which capacity you read it.</param>
/// <param name="Proposals">What waits for the learner's answer: all of it for the learner, your own for others.</param>
/// <param name="Shown">Who sees which part; for the learner alone.</param>
/// <param name="Authorship">How many lines are whose.</param>
internal sealed record LearnerProfileView(
    string Learner, ProfileVoice You, IReadOnlyList<ProfileLineView> Lines, IReadOnlyList<ProfileLineView> Proposals, IReadOnlyDictionary<string, IReadOnlyList<ProfileAudience>>? Shown, IReadOnlyDictionary<string, int> Authorship)
{
    public static LearnerProfileView Of(SeenProfile seen, PersonId me)
    {
        var lines = seen.Audience is { } audience ? seen.Profile.For(audience) : seen.Profile.Lines;
        return new(
            seen.Owner.Value,
            seen.Voice,
            [.. lines.Select(ProfileLineView.Of)],
            [.. seen.Profile.Proposals.Where(line => seen.Audience is null || line.Author!.Person == me).Select(ProfileLineView.Of)],
            seen.Audience is null ? seen.Profile.Shown.ToDictionary(pair => JsonWord(pair.Key), pair => (IReadOnlyList<ProfileAudience>)pair.Value, StringComparer.Ordinal) : null,
            lines.CountBy(line => line.Author!.Voice).ToDictionary(pair => pair.Key.ToString().ToLowerInvariant(), pair => pair.Value, StringComparer.Ordinal));
    }

    private static string JsonWord(ProfileBlock block) => block == ProfileBlock.HowILearn ? "how-i-learn" : block.ToString().ToLowerInvariant();
}

/// <param name="Award">Id of a badge of your own, in the part of badges.</param>
internal sealed record ProfileLineRequest(string Id, ProfileBlock Block, string Text, string? Award = null);

internal sealed record WriteProfileRequest(IReadOnlyList<ProfileLineRequest> Lines);

internal sealed record ShownPart(ProfileBlock Block, IReadOnlyList<ProfileAudience> To);

/// <param name="Shown">Parts that are not named are seen by nobody else.</param>
internal sealed record ShowProfileRequest(IReadOnlyList<ShownPart> Shown);

/// <param name="School">Where you have to do with the learner.</param>
internal sealed record ProposeLineRequest(string School, ProfileBlock Block, string Text);

internal sealed record AnswerLineRequest(bool Accept);

/// <summary>What a learner says of themselves, and who sees it.</summary>
internal static class ProfilesApi
{
    public static void MapProfiles(this IEndpointRouteBuilder app)
    {
        var profiles = app.MapApi("learners/{id}/profile", "Student record");
        profiles.MapGet("", ReadAsync).WithSummary("A learner's profile: all of it for the learner; for teachers, the office and the family at ?school= the parts that the learner shows them. Nothing about wellness or engagement is asked.")
            .Refuses(404, "learner.not-found");
        profiles.MapPut("", WriteAsync).WithSummary("Writes your profile anew; lines that stay as they were keep their author. For the learner alone.")
            .Example(new WriteProfileRequest([new("s1", ProfileBlock.Strengths, "I keep at it until the bead is right."), new("l1", ProfileBlock.Languages, "Spanish at home, English at school")]))
            .Refuses(404, "learner.not-found", "award.not-found").Refuses(422, "profile.lines");
        profiles.MapPut("audiences", ShowAsync).WithSummary("Says who sees which part of your profile: teachers, office, family, next-school. For the learner alone.")
            .Example(new ShowProfileRequest([new(ProfileBlock.Strengths, [ProfileAudience.Teachers, ProfileAudience.Family])])).Refuses(404, "learner.not-found").Refuses(422, "profile.lines");
        profiles.MapPost("proposals", ProposeAsync).WithSummary("Proposes a line for a learner's profile; the learner accepts or declines it. The same words again change nothing. For teachers of the learner, the records office and the family.")
            .Example(new ProposeLineRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", ProfileBlock.Strengths, "Explains the symbols on a drawing so that others get it."))
            .Refuses(403, "profile.own").Refuses(404, "learner.not-found").Refuses(409, "profile.proposals-full", "storage.version-conflict").Refuses(422, "profile.lines").WithMetadata(new RepeatsHarmlessly());
        profiles.MapPost("proposals/{proposal}/answer", AnswerAsync).WithSummary("Takes a proposal into your profile, its author with it, or declines it. For the learner alone.").Example(new AnswerLineRequest(true))
            .Refuses(404, "learner.not-found", "profile-proposal.not-found").Refuses(409, "storage.version-conflict").Refuses(422, "profile.lines").WithMetadata(new RepeatsHarmlessly());
    }

    private static async Task<LearnerProfileView> ReadAsync(string id, string? school, CurrentActor me, HttpContext context, ProfileWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, me, await workflow.ReadAsync(me.Actor, PersonId.From(id), school is null ? null : OrganizationId.From(school), cancellationToken));

    private static async Task<LearnerProfileView> WriteAsync(string id, WriteProfileRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, ProfileWorkflow workflow, CancellationToken cancellationToken) => Answer(
        context, me, await workflow.WriteAsync(
            me.Actor, PersonId.From(id), [.. body.Lines.Select(line => new ProfileLine(line.Id, line.Block, line.Text, line.Award is { } award ? AwardId.From(award) : null))], ifMatch.Required, cancellationToken));

    private static async Task<LearnerProfileView> ShowAsync(string id, ShowProfileRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, ProfileWorkflow workflow, CancellationToken cancellationToken)
    {
        var shown = body.Shown.GroupBy(part => part.Block).ToDictionary(parts => parts.Key, parts => parts.SelectMany(part => part.To).ToImmutableArray());
        return Answer(context, me, await workflow.ShowAsync(me.Actor, PersonId.From(id), shown, ifMatch.Required, cancellationToken));
    }

    private static async Task<LearnerProfileView> ProposeAsync(string id, ProposeLineRequest body, CurrentActor me, HttpContext context, ProfileWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, me, await workflow.ProposeAsync(me.Actor, PersonId.From(id), OrganizationId.From(body.School), body.Block, body.Text, cancellationToken));

    private static async Task<LearnerProfileView> AnswerAsync(string id, string proposal, AnswerLineRequest body, CurrentActor me, HttpContext context, ProfileWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, me, await workflow.AnswerAsync(me.Actor, PersonId.From(id), proposal, body.Accept, cancellationToken));

    // A profile that was never written is at version 0.
    private static LearnerProfileView Answer(HttpContext context, CurrentActor me, SeenProfile seen)
    {
        context.SetVersion(seen.Read?.Version ?? 0);
        return LearnerProfileView.Of(seen, me.Person);
    }
}
