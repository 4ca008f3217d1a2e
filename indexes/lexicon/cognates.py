"""Given names of one origin that languages spell apart: Joseph, Yusuf, Iosif. Development time only.

Wikidata keeps an item per language's name (Mehmet and Muhammad are two), so that no item links these. People carry
them across: one man is Yusuf in one register and Joseph or Iosif in the next. The table is ours, of common knowledge
(names of Scripture and Quran, and of saints borne in many languages); it is not made from any list of persons. A group
is an alias set and worth less than a spelling: John and Ivan are seldom one man. The order of a group means nothing.
"""

from typing import Final

__all__ = ["COGNATES"]

COGNATES: Final[tuple[str, ...]] = (
    "aaron aron haroun haroon harun aharon аарон هارون אהרן",
    "abraham ibrahim avraham abram ebrahim ibrahima abramo avram brahim авраам ибрагим إبراهيم אברהם",
    "adam adem adamo adama adan адам آدم אדם",
    "alexander iskander iskandar eskandar aleksandr alexandre alejandro alessandro oleksandr александр إسكندر",
    "andrew andrei andrey andreas andre andres andrea andrii andrzej ondrej andras андрей",
    "ann anna hannah hanna anne ana hana chana anya анна حنة חנה",
    "anthony antonio anton antoine antal antoni antonios антон",
    "basil vasily vasili vasile vasyl vassilios wasyl basilio basile василий باسل",
    "catherine katherine ekaterina katarina caterina catalina kateryna katarzyna екатерина",
    "charles carlos carlo karl karel karol carl karoly карл",
    "constantine konstantin constantin konstantinos costantino kostiantyn константин",
    "daniel danyal daniil danilo daniyar danylo daniele даниил دانيال דניאל",
    "david dawud daoud davud dawood davide davit dawit дауд давид داود דוד",
    "elijah elias ilyas ilya ilia eliyahu ilie elia илья إلياس אליהו",
    "elizabeth elisabeth elizaveta isabel elisaveta elzbieta alzbeta erzsebet елизавета",
    "eve eva hawa havva hava chava hawwa ева حواء חוה",
    "gabriel jibril cebrail gavriil djibril jabril gabriele havryil гавриил جبريل גבריאל",
    "george georgi georgios jorge georges giorgio jerzy georgy giorgi yuri heorhii gheorghe gevorg jiri георгий جرجس",
    "gregory grigory gregorio gregoire grzegorz hryhorii grigor grigorios krikor григорий",
    "henry enrique henri heinrich enrico hendrik henryk henrique генрих",
    "isaac ishaq ishak izhak yitzhak isaak itzhak ishaaq isacco исаак إسحاق יצחק",
    "ishmael ismail ismael ismayil yishmael esmail ismaila исмаил إسماعيل ישמעאל",
    "jacob yakub yaqub yaakov jakub iakov jacques giacomo jakob yakup yacoub hakob яков يعقوب יעקב",
    "jesus isa issa eissa esa iesus иса عيسى",
    "job ayub ayyub ayoub eyup iov ayoob айюб أيوب איוב",
    "john ivan juan jean johann giovanni joao jan ioannis yahya yohannes yuhanna hovhannes janos johan ion иван "
    "иоанн يحيى يوحنا יוחנן",
    "jonah yunus younis younes yunis yona iona jonas yonah юнус يونس יונה",
    "joseph yusuf yousef youssef yosef iosif jose giuseppe jozef josef yusif yousuf osip hovsep jozsef yusup "
    "иосиф юсуф يوسف יוסף",
    "luke lucas luca luka lukas luc loukas lukasz лука لوقا",
    "mark marcus marcos marco marek markus marc markos марк مرقس",
    "mary maria maryam miriam mariam marie meryem mariya maryem miryam mariama мария марьям مريم מרים",
    "matthew mateo matteo matthias matvei mateusz matthieu matija matej матвей متى",
    "michael mikhail mikail miguel michel michele mihai mykhailo mikael michal mihail mikayil михаил ميخائيل מיכאל",
    "mohammed muhammad mohamed mehmet mehmed mamadou magomed mohammad muhammed muhamed mohamad mamadu мухаммед "
    "магомед محمد",
    "moses musa moussa moshe mousa mose mojsije moises mojzesz муса моисей موسى משה",
    "nicholas nikolai nicolas nikola nikolaos mykola nicola mikolaj nicolae miklos николай نيقولا",
    "noah nuh nooh noach noe nouh ной نوح נח",
    "paul pavel pablo paolo paulo pavlo pawel boulos pavlos павел بولس",
    "peter pyotr pedro pierre pietro petr petro piotr boutros petros petar bedros петр بطرس",
    "philip filipp felipe philippe filippo filip philippos филипп",
    "sarah sara sarai sarra сара سارة שרה",
    "simon shimon semyon simeon shamun szymon simone simao семен سمعان שמעון",
    "solomon sulaiman suleiman suleyman shlomo sulayman salomon salomone soleiman soliman сулейман سليمان שלמה",
    "stephen stefan esteban etienne stepan stefano istvan stjepan stephanos szczepan степан",
    "susan suzanne susanna shoshana sawsan susana zuzana сусанна سوسن שושנה",
    "theodore fyodor teodor feodor teodoro theodoros fedor fedir федор",
    "thomas tomas foma tommaso toma tomasz touma thomaz tamas фома توما",
    "zachary zakaria zakariya zakariyya zachariah zakariyah zekeriya zakhar захар زكريا זכריה",
)  # fmt: skip
