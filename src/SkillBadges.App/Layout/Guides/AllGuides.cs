using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Layout.Guides;

internal static class AllGuides
{
    /// <summary>In the order in which the list of guides shows them.</summary>
    public static IReadOnlyList<Guide> In(Texts T) =>
    [
        new("student", T["Students"], T["Show what you can do, and take it with you."],
        [
            new(T["Find a badge"], T["Each one says what it takes and what every level looks like, before any work starts."], "/badges"),
            new(T["Start, and add proof"], T["A photo, a file, a link or words for each skill. What you type is kept if the page closes or the signal goes."], "/work"),
            new(T["Say where you think you are"], T["Your own rating stands beside the teacher's. It changes nothing in theirs."], null),
            new(T["Turn it in"], T["From then on it is frozen. If it comes back, write down what you will do, and try again: every try is kept."], "/work"),
            new(T["Take your badge along"], T["As a file, as a picture, on paper, or by a link that you can close again. Anybody can check it."], "/my-badges"),
            new(T["You lead what others see"], T["Your record shows who has seen it, and consents can be taken back."], "/consents"),
        ]),
        new("family", T["Families"], T["See how far your child has come, in plain words."],
        [
            new(T["All children on one page"], T["What was signed off lately, and what waits for your yes."], "/family"),
            new(T["Read the record"], T["Each level stands with what it looks like; below it every scale is explained."], "/record"),
            new(T["Say yes or no"], T["A consent says what is shown, to whom and until when. You can take it back."], "/consents"),
            new(T["See who has looked"], T["Everybody outside the school who has seen the record stands below it."], "/record"),
            new(T["On paper"], T["Transcripts and conference sheets, in your language, are below the record."], "/record"),
        ]),
        new("teacher", T["Teachers"], T["Sign off what you see, without typing it twice."],
        [
            new(T["Your class is here already"], T["It comes from the school's roster. Paste a list or show a class code for who is missing."], "/classes"),
            new(T["Try it first"], T["The practice class has students who do not exist; nothing of it is kept."], "/practice"),
            new(T["Get everybody in"], T["A student without a password gets a link from you, on paper or on the screen."], "/classes"),
            new(T["The sign-off sheet"], T["Pick a skill, tap levels down the class, “everyone else” with one tap. It waits on the phone until there is signal."], "/classes"),
            new(T["Turned-in work"], T["Oldest first; the levels stand beside the proof. The keys j and k move, a signs off, r sends back, ? shows them."], "/review"),
            new(T["See where the class is"], T["Students by skills, level by level, and groups that say why they are together."], "/classes"),
            new(T["A slip can be undone"], T["For some minutes after it; afterwards it is corrected on the page of the work, and both stay in the record."], "/review"),
        ]),
        new("supervisor", T["Workplace supervisors"], T["Say what you saw, in under a minute, without an account."],
        [
            new(T["Open the link that the school sent"], T["It works until the internship ends; opening it spends nothing. A new device asks once for a code."], null),
            new(T["Say how they did it"], T["Not yet, with help, alone, or can teach it: skill by skill."], null),
            new(T["Add a note"], T["By voice, in writing or with a photo, before you tap how they did it."], null),
            new(T["Do you prefer a pen?"], T["Print the sheet, tick and sign it. At school its code is scanned and a photo of it is kept."], null),
            new(T["Confirm hours"], T["With one tap, where the student has written them down."], null),
            new(T["The link is lost"], T["“Send me a new link” brings another to the address that the school has."], "/pass"),
        ]),
        new("counselor", T["Counselors and principals"], T["See who is on the way, and who has stood still."],
        [
            new(T["Students and their plans"], T["Who has no signed review, and what is missing for graduation, requirement by requirement."], "/advising"),
            new(T["Grading periods"], T["Where every class stands and who did not step up. Once kept, a period never changes."], "/cycles"),
            new(T["Look behind a number"], T["Each class of a period opens with its students, and compares with another period or with today."], "/cycles"),
        ]),
        new("office", T["Offices: registrars and administrators"], T["Let the right people in, and keep the books."],
        [
            new(T["Bring in a list"], T["A roster pack, or rows pasted from a spreadsheet. You see what would happen before anything does."], "/office"),
            new(T["People"], T["Give and end roles, make links to join or for a new password."], "/office"),
            new(T["A student's family and internships"], T["On the student's page: who is written down, and the link for a supervisor at work."], "/office"),
            new(T["A badge was a mistake"], T["On the student's page it is put on hold or taken back, with the reason. Whoever checks it is told within a minute."], "/office"),
            new(T["Schools we accept"], T["Whose levels count without a new test, for what, and since when."], "/office"),
            new(T["Record requests"], T["Who asks, on what ground, and what was handed out."], "/office"),
            new(T["Settings"], T["What you leave empty is inherited. Each value says who decided it."], "/office"),
            new(T["Keys and lists"], T["Change the keys once a year. Badges that were signed before stay genuine."], "/office"),
            new(T["Who did what"], T["Each act of the office has a line that nothing changes."], "/office"),
        ]),
        new("college", T["Colleges"], T["Grant credit for what was shown, and know what it rests on."],
        [
            new(T["Agree with a school"], T["A badge or a stack counts as so many credits of a course, between two days, from a level on."], "/office"),
            new(T["Answer claims"], T["By agreement and term, one by one or many at once. Each has a last day."], "/claims"),
            new(T["Check the badge"], T["Each claim shows how the check came out, and what was done for the badge."], "/claims"),
            new(T["The student gets it in writing"], T["Your answer, and with granted credit a signed proof that others can check."], null),
        ]),
        new("author", T["Authors of badges"], T["Write a badge together, and sign the same words."],
        [
            new(T["Begin a draft"], T["From nothing or from a published badge. Everything that is missing is said beside it."], "/authoring"),
            new(T["Compare and comment"], T["Each passage has its own comments; differences are shown word by word."], "/authoring"),
            new(T["Sign"], T["A sign-off is for exactly the words that were read. A change of meaning asks for it again."], "/authoring"),
            new(T["Without an account"], T["Who signs for an employer or a union gets a link and a code, compares, comments and signs."], null),
        ]),
        new("employer", T["Employers"], T["Know what somebody can do, and who saw it."],
        [
            new(T["Check a badge"], T["Paste its text or link, drop its file, or point a phone at its QR code. The answer is one sentence."], "/verify"),
            new(T["What is behind it"], T["Every badge says in plain words what its levels look like."], "/badges"),
            new(T["Find skills"], T["Only adults who said that they want to be found, without names until they answer you."], "/talent"),
        ]),
    ];

    /// <summary>Which of them somebody with these roles reads first.</summary>
    public static string? SlugFor(IReadOnlySet<Role> roles)
    {
        (Role Role, string Slug)[] first =
        [
            (Role.Teacher, "teacher"), (Role.OrganizationAdmin, "office"), (Role.Registrar, "office"), (Role.Counselor, "counselor"), (Role.Supervisor, "supervisor"), (Role.Employer, "employer"),
            (Role.Student, "student"), (Role.Guardian, "family"),
        ];
        return first.FirstOrDefault(one => roles.Contains(one.Role)).Slug;
    }
}
