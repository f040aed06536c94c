using SkillBadges.App.Jobs;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.Core.Evidence.Notebooks;
using SkillBadges.Core.Gradebook.Plans;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Reporting.Programs;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Inspections;
using SkillBadges.Core.Sharing.Keeping;
using SkillBadges.Core.Sharing.Profiles;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Sharing.Talent;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Sharing.Transfers.Placing;

namespace SkillBadges.App.Sharing;

/// <summary>Registers what shows records to others.</summary>
internal static class SharingSetup
{
    public static void AddSharing(this IServiceCollection services)
    {
        services.AddSingleton<RightsReading>().AddSingleton<ConsentReading>().AddSingleton<ConsentWorkflow>().AddSingleton<PaperConsents>().AddSingleton<RightsWorkflow>();
        services.AddSingleton<ShareGate>().AddSingleton<ShareWorkflow>().AddSingleton<ShareOpening>();
        services.AddSingleton<ProfileAccess>().AddSingleton<ProfileWorkflow>();
        services.AddSingleton<StatementWorkflow>().AddSingleton<Inspection>();
        AddInspectionParts(services);
        services.AddSingleton<EvidenceKeeping>().AddSingleton<PackMaking>().AddSingleton<PackCheck>().AddSingleton<TransferWorkflow>().AddSingleton<PackImport>().AddSingleton<CoursePlacements>();
        services.AddSingleton<CreditOffers>().AddSingleton<ClaimGrounds>().AddSingleton<ClaimAccess>().AddSingleton<ClaimApplicants>().AddSingleton<ClaimWorkflow>().AddSingleton<ClaimProof>();
        services.AddSingleton<ClaimAnswering>().AddSingleton<ClaimOpening>().AddSingleton<ClaimDeadlines>().AddSingleton<ClaimFollowing>().AddSingleton<IOutboxHandler, ClaimDeadlineHandler>();
        services.AddSingleton<EmployerCheckWorkflow>().AddSingleton<TalentGround>().AddSingleton<TalentSearching>().AddSingleton<TalentContactWorkflow>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<TalentSearch>(TalentSearchDocuments.Kind, TalentSearchDocuments.ByTime) { KeptFor = TalentSearch.KeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<TalentContact>(TalentContactDocuments.Kind, TalentContactDocuments.ByTime) { KeptFor = TalentContact.KeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<TransferPack>(TransferPackDocuments.Kind, TransferPackDocuments.ByEnd));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Share>(ShareDocuments.Kind, ShareDocuments.ByExpiry) { KeptFor = Share.KeptFor });
    }

    // A guardian reads of the profile what the learner shows the family; the notebook is the learner's alone.
    private static void AddInspectionParts(IServiceCollection services) => services
        .AddSingleton(InspectionPart.Of("claims.json", ClaimDocuments.Kind, ClaimDocuments.ByLearner, (claim, scope) => scope.IsLearner || claim.Badges.All(badge => scope.Sees(badge.Issuer))))
        .AddSingleton(InspectionPart.Of("talent-contacts.json", TalentContactDocuments.Kind, TalentContactDocuments.ByLearner, (_, scope) => scope.IsLearner))
        .AddSingleton(InspectionPart.Of("rights-changes.json", RightsChangeDocuments.Kind, RightsChangeDocuments.ByLearner, (change, scope) => scope.Sees(change.School)))
        .AddSingleton(InspectionPart.OfPerson("profile.json", ProfileDocuments.Kind, (profile, scope) => scope.IsLearner ? profile : new LearnerProfile(profile.Learner) { Lines = profile.For(ProfileAudience.Family) }))
        .AddSingleton(InspectionPart.OfPerson("notebook.json", NotebookDocuments.Kind, (notebook, scope) => scope.IsLearner ? notebook : null))
        .AddSingleton(InspectionPart.Of("notebook-notes.json", NotebookDocuments.Notes, NotebookDocuments.ByLearner, (_, scope) => scope.IsLearner))
        .AddSingleton(InspectionPart.Of("recognitions.json", RecognitionDocuments.Kind, RecognitionDocuments.ByLearner, (recognized, scope) => scope.Sees(recognized.School)))
        .AddSingleton(InspectionPart.Of("stack-certificates.json", StackCertificateDocuments.Kind, StackCertificateDocuments.ByLearner, (seen, scope) => scope.Sees(seen.Organization)))
        .AddSingleton(InspectionPart.Of("plans.json", PlanDocuments.Kind, PlanDocuments.ByLearner, (plan, scope) => scope.Sees(plan.Organization)))
        .AddSingleton(InspectionPart.Of("test-scores.json", TestScoreDocuments.Kind, TestScoreDocuments.ByLearner, (score, scope) => scope.Sees(score.School)))
        .AddSingleton(InspectionPart.Of("programs.json", ProgramParticipationDocuments.Kind, ProgramParticipationDocuments.ByLearner, (part, scope) => scope.Sees(part.School)));
}
