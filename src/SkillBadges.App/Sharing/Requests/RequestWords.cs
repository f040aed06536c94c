using SkillBadges.App.Layout;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;

namespace SkillBadges.App.Sharing.Requests;

/// <summary>Requests for records in people's words; of each ground, what it rests on.</summary>
internal static class RequestWords
{
    /// <summary>On which a record goes as a whole to another school.</summary>
    public static readonly IReadOnlyList<DisclosureBasis> Grounds =
    [
        DisclosureBasis.Enrollment, DisclosureBasis.Consent, DisclosureBasis.FinancialAid, DisclosureBasis.AuditOrEvaluation, DisclosureBasis.Study, DisclosureBasis.CourtOrder,
    ];

    public static string Of(Texts T, DisclosureBasis ground) => ground switch
    {
        DisclosureBasis.Enrollment => T["the student enrolls there (34 CFR 99.31(a)(2))"],
        DisclosureBasis.Consent => T["a written consent that is in force (34 CFR 99.30)"],
        DisclosureBasis.FinancialAid => T["financial aid that the student asked for (34 CFR 99.31(a)(4))"],
        DisclosureBasis.AuditOrEvaluation => T["an audit or evaluation under a written agreement (34 CFR 99.35)"],
        DisclosureBasis.Study => T["a study for the school under a written agreement (34 CFR 99.31(a)(6))"],
        DisclosureBasis.CourtOrder => T["a court order or subpoena (34 CFR 99.31(a)(9))"],
        DisclosureBasis.SchoolOfficial => T["work for the school under its direct control (34 CFR 99.31(a)(1))"],
        _ => T["the student shows it"],
    };

    public static string Of(Texts T, TransferState state) => state switch
    {
        TransferState.Asked => T["waits for an answer"],
        TransferState.Released => T["released, not received yet"],
        TransferState.Refused => T["refused"],
        _ => T["received"],
    };

    /// <summary>The class of a state's mark.</summary>
    public static string? Mark(TransferState state) => state switch
    {
        TransferState.Asked => "Waiting",
        TransferState.Received => "open",
        _ => null,
    };
}
