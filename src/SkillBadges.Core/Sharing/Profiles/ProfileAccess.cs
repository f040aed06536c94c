using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Profiles;

/// <summary>A profile and in what capacity somebody reads it.</summary>
/// <param name="Read">Null where the learner has written none yet.</param>
/// <param name="Owner">Whose it is, as its document is called.</param>
public sealed record SeenProfile(Read<LearnerProfile>? Read, PersonId Owner, ProfileVoice Voice)
{
    public LearnerProfile Profile => Read?.Document ?? new(Owner);

    /// <summary>Null for the learner, who sees all of it.</summary>
    public ProfileAudience? Audience => Voice switch
    {
        ProfileVoice.Learner => null,
        ProfileVoice.Teacher => ProfileAudience.Teachers,
        ProfileVoice.Office => ProfileAudience.Office,
        _ => ProfileAudience.Family,
    };
}

/// <summary>Who has to do with a learner's profile: the learner, and at one school teachers of the learner, the records office and the family.</summary>
public sealed class ProfileAccess(IDocumentStore store, Authority authority, FamilyRights family, ClassTeaching teaching, RightsReading rights)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whose profile it is.</param>
    /// <param name="school">Where the actor has to do with the learner; null for the learner.</param>
    /// <param name="changes">What the say rests on is required in these.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<SeenProfile> RequireAsync(Actor actor, PersonId learner, OrganizationId? school, Changes changes, CancellationToken cancellationToken) =>
        await FindAsync(actor, learner, school, changes, cancellationToken) ?? throw Refused.NotFound("learner");

    /// <summary>As <see cref="RequireAsync"/>; null where the actor has nothing to do with the learner.</summary>
    public async Task<SeenProfile?> FindAsync(Actor actor, PersonId learner, OrganizationId? school, Changes changes, CancellationToken cancellationToken)
    {
        var person = await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken);
        var people = (await rights.PeopleAsync(person.Document, cancellationToken)).Select(known => known.Id).ToList();
        var voice = actor.IsLimited ? null : people.Contains(actor.Person) ? ProfileVoice.Learner : school is { } at ? await VoiceAsync(actor, learner, at, changes, cancellationToken) : null;
        var owner = voice == ProfileVoice.Learner ? actor.Person : learner;
        var found = (await store.FindManyAsync(ProfileDocuments.Kind, [.. people.Select(known => known.Value)], cancellationToken)).OrderBy(read => read.Id == owner.Value ? "" : read.Id, StringComparer.Ordinal).FirstOrDefault();
        return voice is { } known ? new(found, found?.Document.Learner ?? owner, known) : null;
    }

    private async Task<ProfileVoice?> VoiceAsync(Actor actor, PersonId learner, OrganizationId school, Changes changes, CancellationToken cancellationToken)
    {
        if (await authority.FindAsync(new(learner), school, Offices.Learners, cancellationToken) is not { } enrolled)
        {
            return null;
        }

        changes.Require(MembershipDocuments.Kind, enrolled);
        if (await teaching.FindAsync(actor, learner, school, cancellationToken) is { } taught)
        {
            taught.RequireIn(changes);
            return ProfileVoice.Teacher;
        }

        if (await authority.FindAsync(actor, school, Offices.Records, cancellationToken) is { } office)
        {
            changes.Require(MembershipDocuments.Kind, office);
            return ProfileVoice.Office;
        }

        return (await family.RecordKeepersAsync(actor, [learner], cancellationToken)).Contains(school) ? ProfileVoice.Family : null;
    }
}
